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
        Assert.Null(two.Take("c", "c", 2, s_now, s_lease));
        Assert.True(two.Holds("a") && two.Holds("b"));
        Assert.NotNull(two.Release("a").Take("c", "c", 2, s_now, s_lease));
    }

    [Fact]
    public void Who_has_one_keeps_it_and_renews_it_in_its_second_half()
    {
        var held = Take(SlotState.Empty, "a");
        Assert.Same(held, held.Take("a", "a", 1, s_now + s_lease / 4, s_lease));
        Assert.Equal(s_now + s_lease * 1.5, held.Take("a", "a", 1, s_now + s_lease / 2, s_lease)!.Held.Single().Until);
    }

    [Fact]
    public void One_whose_time_is_over_is_free()
    {
        var held = Take(SlotState.Empty, "a");
        Assert.Null(held.Take("b", "b", 1, s_now + s_lease - TimeSpan.FromTicks(1), s_lease));
        Assert.Equal("b", Assert.Single(held.Take("b", "b", 1, s_now + s_lease, s_lease)!.Held).Ticket);
        Assert.Equal(1, held.Free(1, s_now + s_lease));
    }

    [Fact]
    public void A_free_one_is_for_those_who_wait_not_for_whoever_comes()
    {
        var waiting = Take(SlotState.Empty, "a").Release("a") with { HasWaiters = true };
        Assert.Null(waiting.Take("late", "late", 1, s_now, s_lease));

        var granted = waiting.Grant(["first", "second"], 1, 0, s_now, s_lease);
        Assert.Equal("first", Assert.Single(granted.Held).Ticket);
        Assert.NotNull(granted.Take("first", "first", 1, s_now, s_lease));
        Assert.Null(granted.Take("second", "second", 1, s_now, s_lease));
    }

    [Fact]
    public void When_nobody_waits_any_more_whoever_comes_is_served_again()
    {
        var waiting = SlotState.Empty with { HasWaiters = true };
        Assert.NotNull(waiting.Grant([], 1, 0, s_now, s_lease).Take("a", "a", 1, s_now, s_lease));
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

    [Fact]
    public void Those_after_the_first_of_the_line_stand_ready_and_are_next()
    {
        var state = (SlotState.Empty with { HasWaiters = true }).Grant(["a", "b", "c", "d"], 1, 2, s_now, s_lease);
        Assert.Equal("a", Assert.Single(state.Held).Ticket);
        Assert.Equal(["b", "c"], state.Ready.ToList());
        Assert.Same(state, state.GrantReady(1, s_now, s_lease));

        var next = state.Release("a").GrantReady(1, s_now, s_lease);
        Assert.Equal("b", Assert.Single(next.Held).Ticket);
        Assert.Equal(["c"], next.Ready.ToList());
    }

    [Fact]
    public void Those_who_stand_ready_are_as_many_as_they_should_be_and_each_once()
    {
        var two = (Take(SlotState.Empty, "a") with { HasWaiters = true }).Grant(["b", "c"], 1, 2, s_now, s_lease);
        Assert.Equal(["b", "c"], two.Ready.ToList());
        Assert.Same(two, two.Grant(["b", "c", "d"], 1, 2, s_now, s_lease));
        Assert.Equal(["b", "c", "d"], two.Grant(["c", "d"], 1, 3, s_now, s_lease).Ready.ToList());
    }

    [Fact]
    public void Whoever_comes_is_not_served_before_one_who_stands_ready()
    {
        var free = SlotState.Empty with { Ready = ["a"] };
        Assert.Null(free.Take("late", "late", 1, s_now, s_lease));
        Assert.NotNull(free.GrantReady(1, s_now, s_lease).Take("a", "a", 1, s_now, s_lease));
        Assert.NotNull(free.Release("a").Take("late", "late", 1, s_now, s_lease));
    }

    [Fact]
    public void One_who_stands_in_line_again_stands_ready_no_longer()
    {
        var back = (SlotState.Empty with { Ready = ["a", "b"] }).StepBack("a").StandInLine();
        Assert.True(back.HasWaiters);
        Assert.Equal(["b"], back.Ready.ToList());
        Assert.Same(back, back.StepBack("c").StandInLine());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void How_long_a_slot_has_been_taken_is_known(int seconds, bool isYounger) =>
        Assert.Equal(isYounger, Take(SlotState.Empty, "a").IsYoungerThan(TimeSpan.FromSeconds(5), "a", s_now + TimeSpan.FromSeconds(seconds), s_lease));

    private static SlotState Take(SlotState state, string ticket) => Assert.IsType<SlotState>(state.Take(ticket, ticket, 2, s_now, s_lease));
}
