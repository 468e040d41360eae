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
/// </summary>
public sealed class HoldSlots(IGateStore store, Gates gates, WorkSender sender, TimeProvider time, EngineOptions options)
{
    private TimeSpan Lease => options.ClaimLength * 2;

    /// <summary>Takes a slot of each limit for a call. False when one is missing: then the call waits in the line of that one, and its run is told when its turn has come.</summary>
    public async Task<bool> TakeAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        var keys = KeysOf(run, function);
        foreach (var (key, limit) in keys)
        {
            if (await TakeAsync(key, limit, run, item, function, cancellationToken))
                continue;

            // A slot of another limit is of no use without this one.
            foreach (var (other, its) in keys.Where(one => one.Key != key))
                await ReleaseAsync(other, its, Ticket(run.Id, item), cancellationToken);

            return false;
        }

        return true;
    }

    /// <summary>
    /// Tells a run that waits in the queue if its turn has come meanwhile: whoever gave it the slot may have told it before it lay there.
    /// </summary>
    public async Task TellAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        foreach (var (key, _) in KeysOf(run, function))
        {
            if (await gates.ReadAsync(key, GateJson.Default.SlotState, cancellationToken) is not { } state || !state.Holds(Ticket(run.Id, item)))
                continue;

            await sender.SendAsync(run.Id, new Hint(MessageId.Granted, [item], time.GetUtcNow()), cancellationToken);
            return;
        }
    }

    /// <summary>Keeps the slots of a call that takes long.</summary>
    public async Task RenewAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        foreach (var (key, limit) in KeysOf(run, function))
            await gates.ChangeAsync(key, GateJson.Default.SlotState, state => ((state ?? SlotState.Empty).Take(Ticket(run.Id, item), limit, time.GetUtcNow(), Lease) ?? state, true), cancellationToken);
    }

    /// <summary>Hands the slots of a call on to the next of its run.</summary>
    public async Task HandOnAsync(Run run, StepKey from, StepKey to, RegisteredFunction function, CancellationToken cancellationToken)
    {
        foreach (var (key, _) in KeysOf(run, function))
            await gates.ChangeAsync(key, GateJson.Default.SlotState, state => (state?.HandOn(Ticket(run.Id, from), Ticket(run.Id, to), time.GetUtcNow(), Lease), true), cancellationToken);
    }

    /// <summary>Gives the slots of a call back, to the heads of their lines.</summary>
    public async Task ReleaseAsync(Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        foreach (var (key, limit) in KeysOf(run, function))
            await ReleaseAsync(key, limit, Ticket(run.Id, item), cancellationToken);
    }

    private async Task<bool> TakeAsync(GateKey key, int limit, Run run, StepKey item, RegisteredFunction function, CancellationToken cancellationToken)
    {
        var ticket = Ticket(run.Id, item);
        if (await gates.ChangeAsync(key, GateJson.Default.SlotState, Take, cancellationToken))
            return true;

        // First in the line, then the mark that there is one: whoever frees a slot after the mark sees the line, and before it, this does.
        await store.EnqueueAsync(key.Value, new GateWaiter(OrderOf(run, function), run.Id, item), cancellationToken);
        await gates.ChangeAsync(key, GateJson.Default.SlotState, state => ((state ?? SlotState.Empty) with { HasWaiters = true }, true), cancellationToken);
        return await GrantAsync(key, limit, ticket, null, cancellationToken);

        (SlotState? Next, bool Result) Take(SlotState? state) => (state ?? SlotState.Empty).Take(ticket, limit, time.GetUtcNow(), Lease) is { } next ? (next, true) : (state, false);
    }

    private Task<bool> ReleaseAsync(GateKey key, int limit, string ticket, CancellationToken cancellationToken) => GrantAsync(key, limit, null, ticket, cancellationToken);

    /// <summary>
    /// Gives back a slot, if one is named, and gives the free ones to the heads of the line. Tells their runs; all but one of them, who asks. Returns whether that one has
    /// a slot.
    /// </summary>
    private async Task<bool> GrantAsync(GateKey key, int limit, string? own, string? released, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await store.ReadAsync(key.Value, cancellationToken);
            var read = before.State.IsNull ? SlotState.Empty : JsonSerializer.Deserialize(before.State.Utf8.Span, GateJson.Default.SlotState)!;
            var state = released is null ? read : read.Release(released);
            var free = state.Free(limit, time.GetUtcNow());
            var first = state.HasWaiters && free > 0 ? await store.FirstAsync(key.Value, free, cancellationToken) : [];
            var next = state.HasWaiters && free > 0 ? state.Grant([.. first.Select(waiter => Ticket(waiter.Run, waiter.Item))], limit, time.GetUtcNow(), Lease) : state;
            if (!ReferenceEquals(next, read) && !await store.WriteAsync(key.Value, before, RawJson.FromString(JsonSerializer.Serialize(next, GateJson.Default.SlotState)), cancellationToken))
                continue;

            // Told before it leaves the line: should this process die in between, whoever looks at the line next tells it again.
            foreach (var waiter in first.Where(waiter => next.Holds(Ticket(waiter.Run, waiter.Item))))
            {
                if (Ticket(waiter.Run, waiter.Item) != own)
                    await sender.SendAsync(waiter.Run, new Hint(MessageId.Granted, [waiter.Item], time.GetUtcNow()), cancellationToken);

                await store.DequeueAsync(key.Value, waiter, cancellationToken);
            }

            // Some of the first may have had slots already; then there are others behind them.
            if (first.Length < free || next.Free(limit, time.GetUtcNow()) == 0)
                return own is not null && next.Holds(own);

            released = null;
        }
    }

    private static string Ticket(RunId run, StepKey item) => $"{run}.{item}";

    /// <summary>The older run comes first, by its priority sooner or later.</summary>
    private static string OrderOf(Run run, RegisteredFunction function)
    {
        var factor = function.Settings.Priority?.FactorOf(MatchInput.OfEvent(run.Events[0], run.CreatedAt)) ?? TimeSpan.Zero;
        return (run.CreatedAt - factor).UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
    }

    // Always in the same order, so that of two calls that need the same two slots one gets both.
    private static List<(GateKey Key, int Limit)> KeysOf(Run run, RegisteredFunction function)
    {
        var input = MatchInput.OfEvent(run.Events[0], run.CreatedAt);
        return
        [
            .. function.Settings.Concurrency
                .Select(limit => (Key: GateKey.Of("slots", limit.Scope == ConcurrencyScope.Function ? function.Id.Value : $"{limit.Scope}", $"{limit.Key?.Text}|{limit.Key?.KeyText(input)}"), limit.Limit))
                .OrderBy(one => one.Key.Value, StringComparer.Ordinal)
                .ThenBy(one => one.Limit)
                .DistinctBy(one => one.Key),
        ];
    }
}
