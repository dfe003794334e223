using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CyclerControl.Core.Documents;

/// <summary>Writes the JSON schema (draft 2020-12) of a key list, so that editors complete and check what the reader reads.</summary>
public sealed class JsonSchemaWriter
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string? _placeholder;
    private IReadOnlyDictionary<string, ValueShape> _definitions = new Dictionary<string, ValueShape>(StringComparer.Ordinal);

    /// <param name="placeholder">Regular expression of texts that may stand for any quantity or whole number (<c>$name</c>); null: none.</param>
    public JsonSchemaWriter(string? placeholder = null) => _placeholder = placeholder;

    /// <summary>The schema as text, with a line feed at its end.</summary>
    /// <param name="title">For people.</param>
    /// <param name="keys">The keys of the whole file.</param>
    /// <param name="definitions">What <see cref="ReferenceShape"/> refers to, and shapes that are written once and referred to wherever they occur.</param>
    public string Write(string title, KeyList keys, IReadOnlyDictionary<string, ValueShape> definitions)
    {
        _definitions = definitions;
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
        };
        foreach (var (key, value) in Mapping(keys).ToList())
        {
            root[key] = value?.DeepClone();
        }

        if (definitions.Count > 0)
        {
            var defs = new JsonObject();
            foreach (var (name, shape) in definitions.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                defs[name] = Whole(shape);
            }

            root["$defs"] = defs;
        }

        return root.ToJsonString(s_options) + "\n";
    }

    private JsonObject Of(ValueShape shape)
    {
        foreach (var (name, defined) in _definitions)
        {
            if (defined.Equals(shape))
            {
                return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
            }
        }

        return Whole(shape);
    }

    private JsonObject Whole(ValueShape shape) => shape switch
    {
        TextShape { Pattern: { } pattern } => new JsonObject { ["type"] = "string", ["pattern"] = pattern },
        TextShape => new JsonObject { ["type"] = "string" },
        ChoiceShape choice => new JsonObject { ["enum"] = new JsonArray([.. choice.Words.Select(w => (JsonNode)w)]) },
        WholeNumberShape whole => OrPlaceholder(new JsonObject { ["type"] = "integer", ["minimum"] = whole.Min, ["maximum"] = whole.Max }),
        NumberShape number => new JsonObject { ["type"] = "number", ["minimum"] = number.Min, ["maximum"] = number.Max },
        BooleanShape => new JsonObject { ["type"] = "boolean" },
        QuantityShape quantity => new JsonObject { ["type"] = "string", ["pattern"] = $"^(?:{QuantityPattern.Of(quantity)}{(_placeholder is null ? "" : "|" + _placeholder)})$" },
        MappingShape mapping => Mapping(mapping.Keys),
        OpenMappingShape open => new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = open.KeyPattern },
            ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "integer") },
        },
        SequenceShape sequence => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = Of(sequence.Item) },
        AnyOfShape any => AnyOf([.. any.Shapes.Select(Of)]),
        ReferenceShape reference => new JsonObject { ["$ref"] = $"#/$defs/{reference.Name}" },
        _ => throw new NotSupportedException($"{shape.GetType().Name} has no schema"),
    };

    private JsonObject Mapping(KeyList keys)
    {
        var properties = new JsonObject();
        foreach (var key in keys.Keys)
        {
            var property = Of(key.Shape);
            property.Insert(0, "description", key.About);
            properties[key.Name] = property;
        }

        var mapping = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (keys.Keys.Any(k => k.IsRequired))
        {
            mapping["required"] = new JsonArray([.. keys.Keys.Where(k => k.IsRequired).Select(k => (JsonNode)k.Name)]);
        }

        mapping["properties"] = properties;
        return mapping;
    }

    private JsonObject OrPlaceholder(JsonObject schema) =>
        _placeholder is null ? schema : AnyOf([schema, new JsonObject { ["type"] = "string", ["pattern"] = $"^{_placeholder}$" }]);

    private static JsonObject AnyOf(ImmutableArray<JsonObject> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };
}
