using System.Text.Json;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// An app that streams answers 201 at once, keeps the connection alive with spaces, and at last sends the real answer as one object
/// <c>{"status","headers","body"}</c> whose body is a string.
/// </summary>
internal static class StreamedAnswer
{
    /// <exception cref="JsonException">It is no such object.</exception>
    public static RawAnswer Unwrap(RawAnswer answer)
    {
        var inner = JsonSerializer.Deserialize(answer.Body.Span, StreamedAnswerJson.Default.StreamedBody)
            ?? throw new JsonException("The streamed answer is null.");
        if (inner.Error is { } error)
            throw new JsonException($"The streamed answer is an error: {error}");
        if (inner.Status is null or 201)
            throw new JsonException("The streamed answer has no status of its own.");

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in inner.Headers ?? [])
            headers[name] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString();

        return answer with
        {
            Status = inner.Status.Value,
            Body = inner.Body is { ValueKind: JsonValueKind.String } text
                ? System.Text.Encoding.UTF8.GetBytes(text.GetString()!)
                : System.Text.Encoding.UTF8.GetBytes(inner.Body?.GetRawText() ?? ""),
            Header = name => headers.TryGetValue(name, out var value) ? value : answer.Header(name),
        };
    }
}
