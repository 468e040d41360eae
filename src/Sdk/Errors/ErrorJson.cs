using System.Buffers;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk.Errors;

/// <summary>Exceptions as error objects of the wire, with what .NET knows beside: the types to filter by, the step and its attempt.</summary>
internal static class ErrorJson
{
    // The depth that the other SDKs write.
    private const int MaxDepth = 5;

    public static RawJson Write(Exception exception, string? step = null, int? attempt = null)
    {
        if (exception is StepFailedException failed && step is null)
            return failed.Json;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, exception, step, attempt, depth: 1);

        return CanonicalJson.Canonicalize(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, Exception exception, string? step, int? attempt, int depth)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("__serialized", true);
        writer.WriteString("name", exception.GetType().FullName ?? exception.GetType().Name);
        writer.WriteString("message", exception.Message);
        writer.WriteString("stack", exception.StackTrace ?? "");
        writer.WriteStartArray("types");
        for (var type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
            writer.WriteStringValue(type.FullName ?? type.Name);

        writer.WriteEndArray();
        if (step is not null)
            writer.WriteString("step", step);

        if (attempt is { } number)
            writer.WriteNumber("attempt", number);

        if (exception.InnerException is { } inner && depth < MaxDepth)
        {
            writer.WritePropertyName("cause");
            Write(writer, inner, null, null, depth + 1);
        }

        writer.WriteEndObject();
    }
}
