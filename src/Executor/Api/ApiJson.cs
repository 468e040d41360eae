using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Api;

/// <summary>The shapes of answers.</summary>
internal static class ApiJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ApiResponse Write(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            write(writer);

        return new ApiResponse(status, buffer.WrittenMemory);
    }

    /// <summary><c>{"data":…,"metadata":{…}}</c>; what is read now is not kept anywhere.</summary>
    public static ApiResponse Data(DateTimeOffset now, Action<Utf8JsonWriter, DateTimeOffset> write) => Write(200, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        write(writer, now);
        writer.WriteStartObject("metadata");
        writer.WriteString("fetched_at", TimeString.Format(now));
        writer.WriteString("cached_until", TimeString.Format(now));
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary><c>{"error":"sentence","status":404}</c></summary>
    public static ApiResponse Error(int status, string sentence) => Write(status, writer =>
        JsonSerializer.Serialize(writer, new RegisterReply(Error: sentence, Status: status), ProtocolJson.Default.RegisterReply));

    /// <summary>An error of the event API: <c>{"ids":[],"status":400,"error":"sentence"}</c></summary>
    public static ApiResponse EventError(int status, string sentence) => Write(status, writer =>
        JsonSerializer.Serialize(writer, new SendEventsReply([], status, sentence), ProtocolJson.Default.SendEventsReply));

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            writer.WriteString(name, TimeString.Format(at));
        else
            writer.WriteNull(name);
    }

    public static void WriteRaw(this Utf8JsonWriter writer, string name, RawJson json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Utf8.Span, skipInputValidation: true);
    }
}
