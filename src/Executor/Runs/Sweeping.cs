namespace Stepwell.Executor.Runs;

/// <summary>When the sweep looks at a run. A run that goes on or rests for a short time is looked at once an interval; one that rests longer, after its rest.</summary>
public static class Sweeping
{
    /// <summary>How often the sweep looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>How long an item may be overdue before its hint is taken for lost.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>An interval from now. Like all times of looks in whole milliseconds, so that a row that was made for another reason can be told from them.</summary>
    public static DateTimeOffset Soon(DateTimeOffset now) => Whole(now + Interval);

    /// <summary>The time of the first look at a new run.</summary>
    public static DateTimeOffset First(DateTimeOffset due, DateTimeOffset now) => due <= now + Interval ? Soon(now) : Whole(due + Grace);

    /// <summary>Sets the time of the next look, where it changes.</summary>
    internal static Run Schedule(Run run, DateTimeOffset now)
    {
        if (!run.IsLive)
            return run;

        var soon = Soon(now);
        var due = EarliestDue(run, soon);
        if (due <= soon)
            return run.CheckAt > soon ? run with { CheckAt = soon } : run;

        var overdue = Whole(due + Grace);
        return run.CheckAt == overdue ? run : run with { CheckAt = overdue };
    }

    /// <summary>The time at which the sweep is to look again at a live run that it just looked at: when the first of its items is overdue, unless that was just mended.</summary>
    public static DateTimeOffset Next(Run run, DateTimeOffset now) =>
        PendingItems.Of(run).Select(item => item.Due + Grace > now ? Whole(item.Due + Grace) : Soon(now)).DefaultIfEmpty(Soon(now)).Min();

    /// <summary>The hints to send again: items long past their time that nobody claims.</summary>
    public static IEnumerable<PendingItem> Overdue(Run run, DateTimeOffset now) =>
        PendingItems.Of(run).Where(item => item.Due + Grace <= now && !run.IsClaimed(item.Holder, now));

    // Rounded up: a look that came early would find nothing overdue.
    private static DateTimeOffset Whole(DateTimeOffset time) =>
        new((time.UtcTicks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static DateTimeOffset EarliestDue(Run run, DateTimeOffset enough)
    {
        var earliest = DateTimeOffset.MaxValue - TimeSpan.FromDays(1);
        foreach (var item in PendingItems.Of(run))
        {
            if (item.Due < earliest)
                earliest = item.Due;

            if (earliest <= enough)
                return earliest;
        }

        return earliest;
    }
}
