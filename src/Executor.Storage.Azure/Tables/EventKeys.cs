using System.Buffers.Binary;
using System.Globalization;
using Azure.Data.Tables;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// Keys of events: four streams, in each of which the newest come first. A partition is an hour of a stream, counted backwards; a row the id with its alphabet turned round. The
/// millisecond of its id says in which stream an event is, so that those of one request, which share it, are written together, and those of many requests at once are spread:
/// a partition takes 2,000 rows a second (docs/scaling.md).
/// </summary>
internal static class EventKeys
{
    /// <summary>The version in which an event's row is written: an executor of the first would not find it, and is not to list it.</summary>
    public const int Version = 2;

    // The first has the keys of the first version, when it was the only one: what was written then is found in it.
    private static readonly string[] s_streams = ["", "a", "b", "c"];

    // The partitions of a stream lie before the name of the next: those of the first begin with a digit.
    private const string End = "d";

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // Hours until long after the last ULID.
    private const long MaxHour = 99_999_999_999;

    /// <summary>The keys of an event; false when the id is no ULID, so that there can be none.</summary>
    public static bool TryFind(string internalId, out EventKey key)
    {
        key = default;
        if (!UlidText.TryRead(internalId, out var ulid))
            return false;

        var milliseconds = Milliseconds(ulid);
        key = new(s_streams[milliseconds % s_streams.Length], Hour(milliseconds / 3_600_000), Turn(ulid));
        return true;
    }

    /// <summary>The filters of what lies between two times and after a cursor, one a stream.</summary>
    /// <param name="after">The hour of this and later ones; null for all.</param>
    /// <param name="before">The hour of this and earlier ones; null for all.</param>
    /// <param name="cursor">Only what is older than this.</param>
    public static IEnumerable<string> Ranges(DateTimeOffset? after, DateTimeOffset? before, EventKey? cursor)
    {
        for (var i = 0; i < s_streams.Length; i++)
        {
            var stream = s_streams[i];
            string[] from = [before is { } newest ? Hour(newest) : "", cursor?.Hour ?? ""];
            var to = after is { } oldest
                ? TableClient.CreateQueryFilter($"PartitionKey le {stream + Hour(oldest)}")
                : TableClient.CreateQueryFilter($"PartitionKey lt {(i + 1 < s_streams.Length ? s_streams[i + 1] : End)}");
            var range = TableClient.CreateQueryFilter($"PartitionKey ge {stream + from.Max(StringComparer.Ordinal)} and ") + to;
            yield return cursor is { } last ? range + TableClient.CreateQueryFilter($" and (PartitionKey gt {stream + last.Hour} or RowKey gt {last.Row})") : range;
        }
    }

    // Before 1970 nothing happened.
    private static string Hour(DateTimeOffset time) => Hour(Math.Max(0, time.ToUnixTimeSeconds()) / 3_600);

    private static string Hour(long hour) => (MaxHour - hour).ToString("D11", CultureInfo.InvariantCulture);

    // Not as a date: a ULID reaches beyond the last of them.
    private static long Milliseconds(string ulid) => (long)(BinaryPrimitives.ReadUInt64BigEndian(Ulid.Parse(ulid).ToByteArray()) >> 16);

    private static string Turn(string id) => string.Create(id.Length, id, (turned, original) =>
    {
        for (var i = 0; i < original.Length; i++)
            turned[i] = Alphabet[31 - Alphabet.IndexOf(original[i], StringComparison.Ordinal)];
    });
}
