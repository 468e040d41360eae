using System.Collections.Immutable;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>Makes new runs: their first discovery is open, and claimed for the first copy of the message that starts them.</summary>
public static class Starting
{
    public static Run Create(
        RunId id, FunctionId function, string eventId, ImmutableArray<RawJson> events, int maxAttempts, DateTimeOffset now, TimeSpan claimLength) => new()
        {
            Id = id,
            Function = function,
            EventId = eventId,
            Events = events,
            CreatedAt = now,
            MaxAttempts = maxAttempts,
            Discovery = new Discovery { Number = 0, Attempt = 0, Due = now, Origin = MessageId.Start, Holder = MessageId.Start },
            Discoveries = 1,
            Claims = ImmutableSortedDictionary<MessageId, DateTimeOffset>.Empty.Add(MessageId.Start, now + claimLength),
            CheckAt = now + Sweeping.Interval,
        };
}
