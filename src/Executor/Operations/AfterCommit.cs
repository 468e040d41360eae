using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>What a commit leaves to be done: send the hints, and keep the live index in step.</summary>
public sealed class AfterCommit(WorkSender sender, ILiveIndex live)
{
    public async Task RunAsync(Run before, Run after, ImmutableArray<Hint> hints, CancellationToken cancellationToken)
    {
        foreach (var hint in hints)
            await sender.SendAsync(after.Id, hint, cancellationToken);

        if (!after.IsLive && before.IsLive)
            await live.RemoveAsync(new LiveEntry(before.Id, before.CheckAt), cancellationToken);
        else if (after.CheckAt != before.CheckAt)
            await live.MoveAsync(new LiveEntry(before.Id, before.CheckAt), after.CheckAt, cancellationToken);
    }
}
