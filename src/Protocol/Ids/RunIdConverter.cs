using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>A run id as a JSON string.</summary>
public sealed class RunIdConverter : JsonConverter<RunId>
{
    public override RunId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RunId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A run id is a ULID of 26 characters.");

    public override void Write(Utf8JsonWriter writer, RunId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
