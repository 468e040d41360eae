using System.Buffers.Binary;
using System.Globalization;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Keys of events by which the newest come first: the hour counted backwards, and the id with its alphabet turned round.</summary>
internal static class EventKeys
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // Hours until long after the last ULID.
    private const long MaxHour = 99_999_999_999;

    /// <summary>The partition and row of an event; false when the id is no ULID, so that there can be none.</summary>
    public static bool TryFind(string internalId, out (string Partition, string Row) key)
    {
        key = default;
        if (!UlidText.TryRead(internalId, out var ulid))
            return false;

        key = (Partition(Milliseconds(ulid) / 3_600_000), Turn(ulid));
        return true;
    }

    /// <summary>The partition of what happened in the hour of that time; before 1970 nothing did.</summary>
    public static string Partition(DateTimeOffset time) => Partition(Math.Max(0, time.ToUnixTimeSeconds()) / 3_600);

    private static string Partition(long hour) => (MaxHour - hour).ToString("D11", CultureInfo.InvariantCulture);

    // Not as a date: a ULID reaches beyond the last of them.
    private static long Milliseconds(string ulid) => (long)(BinaryPrimitives.ReadUInt64BigEndian(Ulid.Parse(ulid).ToByteArray()) >> 16);

    private static string Turn(string id) => string.Create(id.Length, id, (turned, original) =>
    {
        for (var i = 0; i < original.Length; i++)
            turned[i] = Alphabet[31 - Alphabet.IndexOf(original[i], StringComparison.Ordinal)];
    });
}
