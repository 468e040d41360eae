using Azure.Core;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>A request as it was sent; the body only of tables and queues.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string? Authorization, string Body)
{
    public static async Task<SentRequest> OfAsync(Request request, CancellationToken cancellationToken) => new(
        request.Method.ToString(),
        request.Uri.ToUri(),
        request.Headers.TryGetValue("Authorization", out var authorization) ? authorization : null,
        Faults.IsBlobWrite(request) ? "" : await BodyAsync(request, cancellationToken));

    public static async Task<string> BodyAsync(Request request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
            return "";

        using var body = new MemoryStream();
        await request.Content.WriteToAsync(body, cancellationToken);
        body.Position = 0;
        using var text = new StreamReader(body);
        return await text.ReadToEndAsync(cancellationToken);
    }
}
