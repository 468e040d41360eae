namespace Stepwell.Executor.Invocation;

/// <summary>Reads bodies up to a limit.</summary>
internal static class LimitedBody
{
    /// <exception cref="TooLargeException">The body has more bytes than the limit.</exception>
    /// <exception cref="HttpRequestException">It cannot be decompressed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream((int)Math.Min(content.Headers.ContentLength ?? 0, limit));
        var chunk = new byte[16 * 1024];
        while (await ReadAsync(stream, chunk, cancellationToken) is var read and > 0)
        {
            if (buffer.Length + read > limit)
                throw new TooLargeException();

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] chunk, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(chunk, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // Only the decompressing streams throw these.
            throw new HttpRequestException("The answer cannot be decompressed", exception);
        }
    }

    public sealed class TooLargeException : Exception;
}
