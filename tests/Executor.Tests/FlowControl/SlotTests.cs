using Stepwell.Executor.FlowControl;

namespace Stepwell.Executor.Tests.FlowControl;

/// <summary>The slots of a concurrency limit.</summary>
public sealed class SlotTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    [Fact]
    public void There_are_as_many_as_the_limit_says()
    {
        var two = Take(Take(SlotState.Empty, "a"), "b");
        Assert.Null(two.Take("c", 2, s_now, s_lease));
        Assert.True(two.Holds("a") && two.Holds("b"));
        Assert.NotNull(two.Release("a").Take("c", 2, s_now, s_lease));
    }

    [Fact]
    public void Who_has_one_keeps_it_and_renews_it_in_its_second_half()
    {
        var held = Take(SlotState.Empty, "a");
        Assert.Same(held, held.Take("a", 1, s_now + s_lease / 4, s_lease));
        Assert.Equal(s_now + s_lease * 1.5, held.Take("a", 1, s_now + s_lease / 2, s_lease)!.Held.Single().Until);
    }

    [Fact]
    public void One_whose_time_is_over_is_free()
    {
        var held = Take(SlotState.Empty, "a");
        Assert.Null(held.Take("b", 1, s_now + s_lease - TimeSpan.FromTicks(1), s_lease));
        Assert.Equal("b", Assert.Single(held.Take("b", 1, s_now + s_lease, s_lease)!.Held).Ticket);
        Assert.Equal(1, held.Free(1, s_now + s_lease));
    }

    [Fact]
    public void A_free_one_is_for_those_who_wait_not_for_whoever_comes()
    {
        var waiting = Take(SlotState.Empty, "a").Release("a") with { HasWaiters = true };
        Assert.Null(waiting.Take("late", 1, s_now, s_lease));

        var granted = waiting.Grant(["first", "second"], 1, 0, s_now, s_lease);
        Assert.Equal("first", Assert.Single(granted.Held).Ticket);
        Assert.NotNull(granted.Take("first", 1, s_now, s_lease));
        Assert.Null(granted.Take("second", 1, s_now, s_lease));
    }

    [Fact]
    public void When_nobody_waits_any_more_whoever_comes_is_served_again()
    {
        var waiting = SlotState.Empty with { HasWaiters = true };
        Assert.NotNull(waiting.Grant([], 1, 0, s_now, s_lease).Take("a", 1, s_now, s_lease));
    }

    [Fact]
    public void One_that_was_granted_already_is_not_granted_twice()
    {
        var granted = (SlotState.Empty with { HasWaiters = true }).Grant(["a"], 2, 0, s_now, s_lease);
        Assert.Same(granted, granted.Grant(["a"], 2, 0, s_now, s_lease));
    }

    [Fact]
    public void A_slot_is_handed_on_without_a_moment_in_which_it_is_free()
    {
        var held = Take(SlotState.Empty, "a").HandOn("a", "b", s_now, s_lease);
        Assert.Equal("b", Assert.Single(held.Held).Ticket);
        Assert.Same(held, held.HandOn("a", "c", s_now, s_lease));
        Assert.Same(held, held.Release("a"));
    }

    private static SlotState Take(SlotState state, string ticket) => Assert.IsType<SlotState>(state.Take(ticket, 2, s_now, s_lease));
}
