using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>A step key as a JSON string or property name.</summary>
public sealed class StepKeyConverter : JsonConverter<StepKey>
{
    public override StepKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, StepKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    public override StepKey ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, StepKey value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);

    private static StepKey Parse(string? text) =>
        StepKey.TryParse(text, out var key) ? key : throw new JsonException($"'{text}' is not a step key.");
}
