using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Json;

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
        Utf8Text.Require(answer.Body.Span);
        var inner = JsonSerializer.Deserialize(answer.Body.Span, StreamedAnswerJson.Default.StreamedBody)
            ?? throw new JsonException("The streamed answer is null.");
        if (inner.Error is { } error)
            throw new JsonException($"The streamed answer is an error: {LenientText.Of(error)}");
        if (inner.Status is null or 201)
            throw new JsonException("The streamed answer has no status of its own.");

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in inner.Headers ?? [])
            headers[name] = LenientText.Of(value);

        return answer with
        {
            Status = inner.Status.Value,
            Body = Encoding.UTF8.GetBytes(inner.Body is { } body ? LenientText.Of(body) : ""),
            Header = name => headers.TryGetValue(name, out var value) ? value : answer.Header(name),
        };
    }
}
