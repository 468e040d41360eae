using System.Buffers;
using System.Buffers.Binary;

namespace Stepwell.Protocol.Ids;

/// <summary>128 bits as the text of a ULID: 26 characters of Crockford's base 32, the first 0 to 7.</summary>
public static class UlidText
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <param name="bytes">16 bytes, big-endian.</param>
    /// <exception cref="ArgumentException">There are not 16 bytes.</exception>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 16)
            throw new ArgumentException($"A ULID has 16 bytes, not {bytes.Length}.", nameof(bytes));

        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--, value >>= 5)
            text[i] = Alphabet[(int)(value & 31)];

        return text.ToString();
    }

    /// <summary>Reads a ULID in either case; <paramref name="ulid"/> is its one form in upper case. False when the text is none.</summary>
    public static bool TryRead(string? text, out string ulid)
    {
        ulid = text?.Length == Length ? text.ToUpperInvariant() : "";
        if (ulid.Length == Length && ulid[0] <= '7' && !ulid.AsSpan().ContainsAnyExcept(s_alphabet))
            return true;

        ulid = "";
        return false;
    }
}
