using System.Collections.Immutable;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>The attempts of a step that was run inside a discovery.</summary>
internal static class Attempting
{
    // Years that a clock may show: 1970 to 2200.
    private const long MaxNanoseconds = 7_258_118_400_000_000_000;

    /// <summary>When a step ran by the app's own clock; where it does not say so, or nothing sensible, the given times.</summary>
    public static CallTimes TimesOf(Op op, CallTimes otherwise)
    {
        if (op.Timing is not { StartNanoseconds: > 0 and < MaxNanoseconds, DurationNanoseconds: >= 0 and < MaxNanoseconds } timing)
            return otherwise;

        var start = DateTimeOffset.UnixEpoch.AddTicks(timing.StartNanoseconds / TimeSpan.NanosecondsPerTick);
        return new CallTimes(start, start.AddTicks(timing.DurationNanoseconds / TimeSpan.NanosecondsPerTick));
    }

    /// <summary>Those made so far, with the one that an op reports.</summary>
    public static ImmutableArray<AttemptRecord> Of(Discovery open, Op op, CallTimes times)
    {
        ImmutableArray<AttemptRecord> earlier = open.Retrying is { } retried && retried.Key == op.Id ? retried.Attempts : [];
        return op switch
        {
            StepRunOp or StepOp => earlier.Add(Record(null)),
            StepErrorOp error => earlier.Add(Record(error.Error)),
            StepFailedOp error => earlier.Add(Record(error.Error)),
            _ => earlier,
        };

        AttemptRecord Record(RawJson? error) => new(earlier.Length, times.StartedAt, times.EndedAt, error);
    }
}
