using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Ids of what the executor itself makes: the same each time it is made.</summary>
internal static class DerivedIds
{
    /// <summary>A ULID of that time, to the millisecond, whose other part follows from the text.</summary>
    public static string UlidOf(string text, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16).CopyTo(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        return UlidText.Of(bytes);
    }
}
