using System.IO.Compression;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// The content of a row: inside the row up to 60 KiB after compression, otherwise in a blob that is written before the row. Blobs are named by
/// their content, so that one of a commit that failed does no harm.
/// </summary>
internal sealed class Content(IPayloadStore payloads)
{
    // A property holds 64 KiB; the rest is room for what else a row holds.
    private const int MaxInline = 60 * 1024;

    // Below this Brotli gains next to nothing.
    private const int MinCompressed = 512;

    private const string Inline = "d";
    private const string Blob = "b";
    private const string Encoding = "e";
    private const int Plain = 0;
    private const int Brotli = 1;

    /// <summary>Puts the content of a row into it. Returns the bytes that it takes there.</summary>
    public Task<int> PutAsync(TableEntity row, string blobFolder, byte[] content, CancellationToken cancellationToken) =>
        PutAsync(row, "", blobFolder, content, cancellationToken);

    /// <summary>Puts further content into a row, under names that begin with the prefix. Returns the bytes that it takes there.</summary>
    public async Task<int> PutAsync(TableEntity row, string prefix, string blobFolder, byte[] content, CancellationToken cancellationToken)
    {
        var packed = Pack(content, out var encoding);
        row[prefix + Encoding] = encoding;
        if (packed.Length <= MaxInline)
        {
            row[prefix + Inline] = packed;
            return packed.Length;
        }

        var key = $"{blobFolder}/{Convert.ToHexStringLower(SHA256.HashData(packed))}";
        await payloads.WriteAsync(key, packed, cancellationToken);
        row[prefix + Blob] = key;
        return key.Length;
    }

    public static bool Has(TableEntity row, string prefix) => row.ContainsKey(prefix + Encoding);

    public Task<ReadOnlyMemory<byte>> GetAsync(TableEntity row, CancellationToken cancellationToken) => GetAsync(row, "", cancellationToken);

    public async Task<ReadOnlyMemory<byte>> GetAsync(TableEntity row, string prefix, CancellationToken cancellationToken)
    {
        if (!row.TryGetValue(prefix + Inline, out var packed))
        {
            var key = row.GetString(prefix + Blob);
            packed = await payloads.ReadAsync(key, cancellationToken) is ReadPayloadOutcome.Found found
                ? found.Content.ToArray()
                : throw new InvalidDataException($"The blob '{key}' of row {row.PartitionKey}/{row.RowKey} is missing.");
        }

        return Unpack((byte[])packed!, row.GetInt32(prefix + Encoding) ?? Plain);
    }

    /// <summary>The column that a row has when content of that prefix lies in a blob.</summary>
    public static string BlobColumn(string prefix) => prefix + Blob;

    /// <summary>Removes the blobs of a folder, given with the slash at its end. Listing them costs as much as a hundred rows: only where there may be some.</summary>
    public Task RemoveAsync(string blobFolder, CancellationToken cancellationToken) => payloads.RemoveAsync(blobFolder, cancellationToken);

    private static byte[] Pack(byte[] content, out int encoding)
    {
        encoding = Plain;
        if (content.Length < MinCompressed)
            return content;

        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content);

        if (buffer.Length >= content.Length)
            return content;

        encoding = Brotli;
        return buffer.ToArray();
    }

    private static byte[] Unpack(byte[] packed, int encoding)
    {
        if (encoding == Plain)
            return packed;

        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        brotli.CopyTo(buffer);
        return buffer.ToArray();
    }
}
