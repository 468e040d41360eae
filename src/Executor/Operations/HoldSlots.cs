using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>
/// The slots that calls of a function with concurrency limits need. Who finds none waits in a line, of which the run that was created first is the head; a slot that
/// becomes free is given to the head, whose run is told. A slot whose holder dies is free when its time is over.
/// Where calls are short, the way through the queue would take as long as they do: then the next in line are told early, and stand ready in their processes.
/// </summary>
public sealed class HoldSlots(IGateStore store, Gates gates, WorkSender sender, TimeProvider time, EngineOptions options)
{
    private const int MostReady = 8;

    // What is given at once; when there are more, they come in the next round.
    private const int MostGranted = 32;

    // A call that takes longer can wait for those who come by way of the queue.
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestReady = TimeSpan.FromSeconds(10);

    private readonly Turns _turns = new(time);

    private TimeSpan Lease => options.ClaimLength * 2;

    /// <summary>After so long slots are kept again: a quarter of the lease, while whoever takes one has at least half of it.</summary>
    internal TimeSpan RenewalInterval => options.ClaimLength / 2;

    /// <summary>
    /// Takes a slot of each limit for a call; if it stands ready for one, when its turn has come. Null when one is missing: then the call waits in the line of that one,
    /// and its run is told when its turn has come.
    /// </summary>
    public async Task<HeldSlots?> TakeAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken stopping)
    {
        var since = time.GetUtcNow();
        var ticket = Ticket(run.Id, item);
        var own = $"{ticket}/{Ulid.NewUlid(since)}";
        var waiter = new GateWaiter(OrderOf(run, function), run.Id, item);
        var limits = LimitsOf(run, function);
        var taken = new Dictionary<HeldSlots.Limit, string>();
        while (limits.FirstOrDefault(limit => !taken.ContainsKey(limit)) is { } missing)
        {
            var state = await TakeAsync(missing, ticket, own, waiter, stopping);
            if (!state.Holds(own) && !state.Holds(ticket))
            {
                // A slot of another limit is of no use without this one.
                taken.Clear();
                foreach (var other in limits.Where(limit => limit != missing))
                    await GrantAsync(other, null, [own, ticket], CancellationToken.None);

                if (!state.IsReady(ticket) || await UntilTurnAsync(missing, ticket, waiter, stopping) is not { } turn)
                    return null;

                state = turn;
            }

            // Without a slot it has lost its turn too, and tries anew.
            if (state.Holds(own) || state.Holds(ticket))
                taken[missing] = state.Holds(own) ? own : ticket;
        }

        return new HeldSlots(own, [.. taken.Select(slot => new HeldSlots.Slot(slot.Key, slot.Value))], since);
    }

    /// <summary>
    /// Tells a run that waits in the queue if its turn has come meanwhile: whoever gave it the slot may have told it before it lay there.
    /// </summary>
    public async Task TellAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        var ticket = Ticket(run.Id, item);
        foreach (var limit in LimitsOf(run, function))
        {
            if (await gates.ReadAsync(limit.Key, GateJson.Default.SlotState, cancellationToken) is not { } state || !(state.Holds(ticket) || state.IsReady(ticket)))
                continue;

            await sender.SendAsync(run.Id, new Hint(MessageId.Granted, [item], time.GetUtcNow()), cancellationToken);
            return;
        }
    }

    /// <summary>Keeps slots that were taken long ago, and has those that were only granted be the call's own.</summary>
    public async Task<HeldSlots> KeepAsync(HeldSlots held, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isOld = now - held.Since >= RenewalInterval;
        if (!isOld && held.Slots.All(slot => slot.Ticket == held.Own))
            return held;

        foreach (var slot in held.Slots.Where(slot => isOld || slot.Ticket != held.Own))
            await HandOnAsync(slot, held.Own, cancellationToken);

        return held with { Since = isOld ? now : held.Since, Slots = [.. held.Slots.Select(slot => slot with { Ticket = held.Own })] };
    }

    /// <summary>Hands slots on to another call of the run, which may be made by another process.</summary>
    public async Task HandOnAsync(HeldSlots held, Run run, StepKey to, CancellationToken cancellationToken)
    {
        foreach (var slot in held.Slots)
        {
            // The call may have got a slot from others meanwhile.
            if (!await HandOnAsync(slot, Ticket(run.Id, to), cancellationToken))
                await GrantAsync(slot.Limit, null, [slot.Ticket], cancellationToken);
        }
    }

    /// <summary>Gives slots back, to those who are next.</summary>
    public async Task ReleaseAsync(HeldSlots held, CancellationToken cancellationToken)
    {
        foreach (var slot in held.Slots)
            await GrantAsync(slot.Limit, null, [slot.Ticket], cancellationToken);
    }

    /// <summary>Gives back what was granted to a call that is not made any more.</summary>
    public async Task ReleaseAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        foreach (var limit in LimitsOf(run, function))
            await GrantAsync(limit, null, [Ticket(run.Id, item)], cancellationToken);
    }

    private Task<bool> HandOnAsync(HeldSlots.Slot slot, string to, CancellationToken cancellationToken) => gates.ChangeAsync(
        slot.Limit.Key,
        GateJson.Default.SlotState,
        state => state?.HandOn(slot.Ticket, to, time.GetUtcNow(), Lease) is { } next ? (next, !ReferenceEquals(next, state)) : (state, false),
        cancellationToken);

    private async Task<SlotState> TakeAsync(HeldSlots.Limit limit, string ticket, string own, GateWaiter waiter, CancellationToken cancellationToken)
    {
        if (await gates.ChangeAsync(limit.Key, GateJson.Default.SlotState, Take, cancellationToken) is { } state)
            return state;

        return await StandInLineAsync(limit, ticket, waiter, cancellationToken);

        // The state in which it has a slot, or stands ready for one; null when it has neither.
        (SlotState? Next, SlotState? Result) Take(SlotState? before)
        {
            var state = before ?? SlotState.Empty;
            if (state.IsReady(ticket))
                return (before, state);

            return state.Take(ticket, own, limit.Most, time.GetUtcNow(), Lease) is { } next ? (next, next) : (before, null);
        }
    }

    /// <summary>Waits for the turn of a call that stands ready, and returns the state then. If that takes long, it stands in line again, and null is returned.</summary>
    private async Task<SlotState?> UntilTurnAsync(HeldSlots.Limit limit, string ticket, GateWaiter waiter, CancellationToken stopping)
    {
        if (await _turns.UntilAsync(ticket, s_longestReady, LookAsync, stopping) is { } turn)
            return turn;

        // It steps back before it stands in line: whoever finds it there and ready takes it from the line.
        var state = await gates.ChangeAsync(limit.Key, GateJson.Default.SlotState, StepBack, CancellationToken.None);
        if (!state.Holds(ticket))
            state = await StandInLineAsync(limit, ticket, waiter, CancellationToken.None);

        return state.Holds(ticket) ? state : null;

        (SlotState, SlotState) StepBack(SlotState? before)
        {
            var next = (before ?? SlotState.Empty).StepBack(ticket);
            return (next, next);
        }

        async Task<SlotState?> LookAsync()
        {
            var state = await gates.ReadAsync(limit.Key, GateJson.Default.SlotState, CancellationToken.None) ?? SlotState.Empty;
            return state.IsReady(ticket) ? null : state;
        }
    }

    /// <summary>Has a call stand in line, and looks whether its turn has come already. Returns the state then.</summary>
    private async Task<SlotState> StandInLineAsync(HeldSlots.Limit limit, string ticket, GateWaiter waiter, CancellationToken cancellationToken)
    {
        // First in the line, then the mark that there is one: whoever frees a slot after the mark sees the line, and before it, this does.
        await store.EnqueueAsync(limit.Key.Value, waiter, cancellationToken);
        await gates.ChangeAsync(limit.Key, GateJson.Default.SlotState, state => ((state ?? SlotState.Empty).StandInLine(), true), cancellationToken);
        return await GrantAsync(limit, ticket, [], cancellationToken);
    }

    /// <summary>
    /// Gives back what tickets have, if any are named, and gives free slots to those who are next: first to those who stand ready, so that they need not wait for a look at
    /// the line. Tells the others' runs; all but the one who asks. Returns the state that is left.
    /// </summary>
    private async Task<SlotState> GrantAsync(HeldSlots.Limit limit, string? own, ImmutableArray<string> released, CancellationToken cancellationToken)
    {
        var ready = 0;
        var isEmptied = false;
        while (true)
        {
            var before = await store.ReadAsync(limit.Key.Value, cancellationToken);
            var now = time.GetUtcNow();
            var read = before.State.IsNull ? SlotState.Empty : JsonSerializer.Deserialize(before.State.Utf8.Span, GateJson.Default.SlotState)!;
            if (!released.IsEmpty)
                ready = released.Any(ticket => read.IsYoungerThan(s_short, ticket, now, Lease)) ? Math.Min(limit.Most, MostReady) : 0;

            var state = released.Aggregate(read, (left, ticket) => left.Release(ticket));
            var next = state.GrantReady(limit.Most, now, Lease);
            var isQuick = !ReferenceEquals(next, state);
            var wanted = Math.Min(MostGranted, state.Free(limit.Most, now) + Math.Max(0, ready - state.Ready.Length));
            var room = isQuick ? 0 : isEmptied ? Math.Max(1, wanted) : state.HasWaiters ? wanted : 0;
            var first = room > 0 ? await store.FirstAsync(limit.Key.Value, room, cancellationToken) : [];
            if (room > 0)
                next = state.Grant([.. first.Select(TicketOf)], limit.Most, ready, now, Lease);

            if (!ReferenceEquals(next, read) && !await store.WriteAsync(limit.Key.Value, before, RawJson.FromString(JsonSerializer.Serialize(next, GateJson.Default.SlotState)), cancellationToken))
                continue;

            released = [];
            foreach (var slot in next.Held)
                _turns.Tell(slot.Ticket);

            await TellAsync(limit.Key, first.Where(waiter => next.Holds(TicketOf(waiter)) || next.IsReady(TicketOf(waiter))), own, cancellationToken);
            // Who came into the line after it was found empty may have seen the mark that was taken away since: so it is looked at once more.
            isEmptied = state.HasWaiters && !next.HasWaiters;
            // Some of the first may have had slots already; then there are others behind them.
            if (!isEmptied && !isQuick && (room == 0 || first.Length < room))
                return next;
        }
    }

    private async Task TellAsync(GateKey key, IEnumerable<GateWaiter> chosen, string? own, CancellationToken cancellationToken)
    {
        // Told before it leaves the line: should this process die in between, whoever looks at the line next tells it again.
        foreach (var waiter in chosen)
        {
            if (TicketOf(waiter) != own)
                await sender.SendAsync(waiter.Run, new Hint(MessageId.Granted, [waiter.Item], time.GetUtcNow()), cancellationToken);

            await store.DequeueAsync(key.Value, waiter, cancellationToken);
        }
    }

    private static string Ticket(RunId run, StepKey item) => $"{run}.{item}";

    private static string TicketOf(GateWaiter waiter) => Ticket(waiter.Run, waiter.Item);

    /// <summary>The older run comes first, by its priority sooner or later.</summary>
    private static string OrderOf(Run run, RegisteredFunction function)
    {
        var factor = function.Settings.Priority?.FactorOf(MatchInput.OfEvent(run.Events[0], run.CreatedAt)) ?? TimeSpan.Zero;
        return (run.CreatedAt - factor).UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
    }

    // Always in the same order, so that of two calls that need the same two slots one gets both.
    private static ImmutableArray<HeldSlots.Limit> LimitsOf(Run run, RegisteredFunction function)
    {
        var input = MatchInput.OfEvent(run.Events[0], run.CreatedAt);
        return
        [
            .. function.Settings.Concurrency
                .Select(limit => new HeldSlots.Limit(
                    GateKey.Of("slots", limit.Scope == ConcurrencyScope.Function ? function.Id.Value : $"{limit.Scope}", $"{limit.Key?.Text}|{limit.Key?.KeyText(input)}"), limit.Limit))
                .OrderBy(one => one.Key.Value, StringComparer.Ordinal)
                .ThenBy(one => one.Most)
                .DistinctBy(one => one.Key),
        ];
    }
}
