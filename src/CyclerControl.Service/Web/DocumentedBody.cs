using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CyclerControl.Service.Web;

/// <summary>Names the body of a route for the OpenAPI document only: the framework's own metadata would also hide the route from requests without one.</summary>
internal sealed record DocumentedBody(Type Type);

/// <summary>Puts documented bodies into the OpenAPI document.</summary>
internal static class DocumentedBodies
{
    public static RouteHandlerBuilder TakesBody<T>(this RouteHandlerBuilder route) => route.WithMetadata(new DocumentedBody(typeof(T)));

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<DocumentedBody>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, parameterDescription: null, stop);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
        }
    }
}
