using System.Net;

namespace Stepwell.Fuzz.Tests.World;

/// <summary>An answer to an HTTP request.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body), RequestMessage = request };
        foreach (var (name, value) in Headers)
        {
            // Two values with a line end between them, say, never come over the wire as one.
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public string Print() => $"{Status}\n{string.Concat(Headers.Select(header => $"{header.Name}: {Printable.Of(header.Value)}\n"))}{Printable.Of(Body)}";
}
