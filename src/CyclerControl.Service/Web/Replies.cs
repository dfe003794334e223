using CyclerControl.Client;
using CyclerControl.Client.Problems;
using CyclerControl.Service.Answers;
using Microsoft.AspNetCore.Http;

namespace CyclerControl.Service.Web;

/// <summary>Answers of the desk in the words of HTTP.</summary>
internal static class Replies
{
    /// <summary>More than somebody mends in one go.</summary>
    private const int MostReasons = 50;

    private const string ProblemType = "application/problem+json";

    public static IResult Of<T>(Answer<T> answer)
        where T : class => answer.Refusal is { } refusal ? Of(refusal) : Results.Json(answer.Value, ApiJson.Options);

    public static IResult Of(Refusal refusal) => Problem(Status(refusal.Kind), refusal.Reasons);

    public static IResult Problem(int status, params IReadOnlyList<string> reasons)
    {
        IReadOnlyList<string> told = reasons.Count <= MostReasons ? reasons : [.. reasons.Take(MostReasons), $"and {reasons.Count - MostReasons} more"];
        return Results.Json(
            new ApiProblem { Title = Title(status), Status = status, Detail = string.Join("\n", told), Problems = told }, ApiJson.Options, ProblemType, status);
    }

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "what was given is wrong",
        StatusCodes.Status401Unauthorized => "no valid token",
        StatusCodes.Status403Forbidden => "not allowed with this role",
        StatusCodes.Status404NotFound => "there is no such thing",
        StatusCodes.Status405MethodNotAllowed => "not with this method",
        StatusCodes.Status409Conflict => "not in this state",
        StatusCodes.Status413PayloadTooLarge => "too large",
        StatusCodes.Status421MisdirectedRequest => "not by this name",
        StatusCodes.Status429TooManyRequests => "too many requests",
        StatusCodes.Status503ServiceUnavailable => "not now",
        _ => "it went wrong",
    };
}
