using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>A composite function id as a JSON string.</summary>
public sealed class FunctionIdConverter : JsonConverter<FunctionId>
{
    public override FunctionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return FunctionId.TryParse(text, out var id) ? id : throw new JsonException($"'{text}' is not a function id.");
    }

    public override void Write(Utf8JsonWriter writer, FunctionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
