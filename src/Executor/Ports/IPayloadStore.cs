namespace Stepwell.Executor.Ports;

/// <summary>Values too large for a row. A payload is written once under its key and never changed.</summary>
public interface IPayloadStore
{
    /// <summary>Writes a payload; the same key again has the same content and is no error.</summary>
    /// <param name="key">Slash-separated, ASCII letters, digits, <c>-</c> and <c>.</c>, up to 512 characters.</param>
    /// <param name="content">0 bytes to 64 MiB.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task<ReadPayloadOutcome> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes the payloads whose keys begin with a folder; when there are none, that is no error.</summary>
    /// <param name="folder">The beginning of a key, up to a slash, which it ends with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task RemoveAsync(string folder, CancellationToken cancellationToken);
}
