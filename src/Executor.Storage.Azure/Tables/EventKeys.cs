using System.Globalization;

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
        if (internalId.Length != 26 || !Ulid.TryParse(internalId, out var ulid))
            return false;

        key = (Partition(ulid.Time), Turn(internalId.ToUpperInvariant()));
        return true;
    }

    public static string Partition(DateTimeOffset time) => (MaxHour - time.ToUnixTimeSeconds() / 3_600).ToString("D11", CultureInfo.InvariantCulture);

    private static string Turn(string id) => string.Create(id.Length, id, (turned, original) =>
    {
        for (var i = 0; i < original.Length; i++)
            turned[i] = Alphabet[31 - Alphabet.IndexOf(original[i], StringComparison.Ordinal)];
    });
}
