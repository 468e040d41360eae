using System.Collections.Immutable;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>Makes new runs: their first discovery is open, and claimed for the first copy of the message that starts them.</summary>
public static class Starting
{
    public static Run Create(
        RunId id,
        FunctionId function,
        string eventId,
        ImmutableArray<RawJson> events,
        int maxAttempts,
        DateTimeOffset now,
        TimeSpan claimLength,
        StartTerms? terms = null)
    {
        var run = new Run
        {
            Id = id,
            Function = function,
            EventId = eventId,
            Events = events,
            CreatedAt = now,
            MaxAttempts = maxAttempts,
            StartBy = now + terms?.StartWithin,
            FinishWithin = terms?.FinishWithin,
            CancelOn = terms?.CancelOn ?? [],
            CheckAt = Sweeping.Soon(now),
        };
        if (terms?.SkipReason is { } reason)
            return run with { Outcome = new RunOutcome.Skipped(reason, now) };

        var due = terms?.StartAt is { } at && at > now ? at : now;
        return run with
        {
            Discovery = new Discovery { Number = 0, Attempt = 0, Due = due, Origin = MessageId.Start, Holder = MessageId.Start },
            Discoveries = 1,
            // What starts later is claimed by the message that comes then.
            Claims = due > now ? run.Claims : run.Claims.Add(MessageId.Start, now + claimLength),
            CheckAt = Sweeping.First(run.StartBy is { } by && by < due ? by : due, now),
        };
    }
}
