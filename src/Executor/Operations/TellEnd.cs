using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Tells of a run's end: has the run look that invoked it, starts the functions that its lifecycle events trigger, brings them to those who wait for them, and forgets
/// what would have cancelled it. Whoever calls takes the run out of the live index after that, so that the sweep tells what this process could not. Telling twice starts
/// nothing twice.
/// </summary>
public sealed class TellEnd(AppDirectory directory, StartTriggered start, MatchWaits match, KeepWaits waits, AskToLook ask)
{
    public async Task RunAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (var waiter in run.Events.Select(InvokedEvents.WaiterOf).OfType<(RunId Run, StepKey Step)>())
            await ask.AskAsync(waiter.Run, waiter.Step, run.Id.Value, cancellationToken);

        var names = LifecycleEvents.NamesOf(run);
        if (!names.IsEmpty)
        {
            var apps = await directory.CurrentAsync(cancellationToken);
            var heard = names.Where(apps.IsTrigger).ToList();
            if (heard.Count > 0)
                await start.RunAsync([.. Events(run, heard)], apps, cancellationToken);

            foreach (var name in names.Except(heard))
            {
                if (await waits.IsAwaitedAsync(name, cancellationToken))
                    await match.RunAsync([.. Events(run, [name])], (_, _) => false, cancellationToken);
            }
        }

        await waits.RemoveCancelsAsync(run, cancellationToken);
    }

    private static IEnumerable<IncomingEvent> Events(Run run, IReadOnlyList<string> names)
    {
        var data = LifecycleEvents.DataOf(run);
        var at = run.EndedAt!.Value.ToUnixTimeMilliseconds();
        foreach (var name in names)
        {
            var internalId = DerivedIds.UlidOf($"{run.Id}|{name}", run.EndedAt.Value);
            // A failure and a cancellation are known by the run's id; of two events of one id, the second would start nothing.
            var id = name == LifecycleEvents.Finished ? internalId : run.Id.Value;
            yield return new IncomingEvent(
                internalId, id, name, RawJson.FromString($"{{\"data\":{data},\"id\":\"{id}\",\"name\":\"{name}\",\"ts\":{at},\"user\":{{}}}}"));
        }
    }
}
