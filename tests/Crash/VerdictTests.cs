using System.Text.Json;
using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>What would be found if the executors did it, each on one run of <see cref="Shapes.Race"/> that is otherwise right.</summary>
public sealed class VerdictTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CrashEvent s_event = new(Shapes.Race, new Order("1-0", [41], "group-0"));

    private static readonly LedgerLine[] s_right =
    [
        Line(LedgerMark.Starts, "left", "", call: 0, at: 1), Line(LedgerMark.Gives, "left", "a", call: 0, at: 2),
        Line(LedgerMark.Sees, "left", "a", call: 3, at: 4),
        Line(LedgerMark.Starts, "after", "", call: 3, at: 5), Line(LedgerMark.Gives, "after", "b", call: 3, at: 6),
        Line(LedgerMark.Sees, "left", "a", call: 7, at: 8), Line(LedgerMark.Sees, "after", "b", call: 7, at: 9),
    ];

    [Fact]
    public void A_run_that_is_right_is_not_complained_of() => Assert.Empty(Complaints(s_right));

    [Fact]
    public void A_step_that_ran_twice_and_of_which_one_result_counts_is_right() =>
        Assert.Empty(Complaints([.. s_right, Line(LedgerMark.Starts, "left", "", call: 0, at: 3), Line(LedgerMark.Gives, "left", "c", call: 0, at: 10)]));

    [Fact]
    public void A_result_that_changes_is_found() =>
        Contains("has changed", Complaints([.. s_right, Line(LedgerMark.Gives, "left", "c", call: 0, at: 3), Line(LedgerMark.Sees, "left", "c", call: 10, at: 11)]));

    [Fact]
    public void A_result_that_nobody_gave_is_found() => Contains("which no execution of it gave", Complaints([.. s_right.Where(line => line.Mark != LedgerMark.Gives)]));

    [Fact]
    public void A_step_that_is_called_for_after_its_result_was_seen_is_found() =>
        Contains("though its result had been seen", Complaints([.. s_right, Line(LedgerMark.Starts, "left", "", call: 10, at: 11)]));

    [Fact]
    public void A_second_run_is_found() =>
        Contains("should have one run of race", Complaints([.. s_right, Line(LedgerMark.Starts, "left", "", call: 0, at: 1) with { Run = "other" }]));

    [Fact]
    public void A_run_that_nobody_asked_for_is_found() =>
        Contains("Nobody has asked for", Complaints([.. s_right, Line(LedgerMark.Starts, "left", "", call: 0, at: 1) with { Run = "other", Key = "1-7" }]));

    [Fact]
    public void A_run_that_is_not_there_is_found() => Contains("has not exactly one run", new Verdict(ReadLedger.Of(s_right)).Of([new EndedEvent(s_event, [])]));

    [Fact]
    public void Another_end_and_another_value_are_found()
    {
        Contains("should have Completed", Complaints(s_right, Shown() with { Status = "Failed" }));
        Contains("should have ended with 42", Complaints(s_right, Shown(value: 43)));
    }

    private static IReadOnlyList<string> Complaints(LedgerLine[] lines, ShownRun? run = null) => new Verdict(ReadLedger.Of(lines)).Of([new EndedEvent(s_event, [run ?? Shown()])]);

    private static ShownRun Shown(int value = 42) => new(
        "run", "crash-race", "Completed", s_start, JsonSerializer.SerializeToElement(new Outcome(value, [new Seen("left", "a"), new Seen("after", "b")]), CrashJson.Default.Outcome));

    private static void Contains(string part, IReadOnlyList<string> complaints) => Assert.Contains(complaints, complaint => complaint.Contains(part, StringComparison.Ordinal));

    private static LedgerLine Line(LedgerMark mark, string step, string nonce, int call, int at) =>
        new(mark, Shapes.Race, s_event.Order.Key, "run", step, nonce, Ulid.NewUlid(s_start.AddSeconds(call)).ToString(), s_start.AddSeconds(at));
}
