using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Events;

/// <summary>
/// Makes the ids of the events of one request, so that a repeated request gives the same ids: header <c>x-inngest-event-id-seed</c>,
/// <c>&lt;milliseconds since 1970&gt;,&lt;base64 of 10 random bytes&gt;</c>.
/// </summary>
public sealed class EventIdSeed
{
    private const int EntropyLength = 10;
    private const int CounterOffset = 6;

    // A ULID could go on for another thousand years; a date cannot.
    private static readonly long s_maxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly long _milliseconds;
    private readonly byte[] _entropy;

    private EventIdSeed(long milliseconds, byte[] entropy)
    {
        _milliseconds = milliseconds;
        _entropy = entropy;
    }

    /// <summary>A new seed.</summary>
    public static EventIdSeed Create(TimeProvider time) =>
        new(time.GetUtcNow().ToUnixTimeMilliseconds(), RandomNumberGenerator.GetBytes(EntropyLength));

    /// <summary>Reads the header; false when it is absent or has another form, in which case the protocol has it ignored.</summary>
    public static bool TryParse(string? header, out EventIdSeed seed)
    {
        seed = null!;
        if (header?.Split(',') is not [var time, var entropy]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > s_maxTime)
            return false;

        var bytes = new byte[EntropyLength];
        if (!Convert.TryFromBase64String(entropy, bytes, out var written) || written != EntropyLength)
            return false;

        seed = new EventIdSeed(milliseconds, bytes);
        return true;
    }

    /// <summary>The id (a ULID) of the event at a position: of the first 1, then 2, 3 …</summary>
    public string IdOf(int position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(_milliseconds >> (40 - (8 * i)));

        var entropy = bytes[6..];
        _entropy.CopyTo(entropy);
        var counter = BinaryPrimitives.ReadUInt32BigEndian(entropy[CounterOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(entropy[CounterOffset..], unchecked(counter + (uint)position));
        return UlidText.Of(bytes);
    }

    public string ToHeader() => string.Create(CultureInfo.InvariantCulture, $"{_milliseconds},{Convert.ToBase64String(_entropy)}");
}
