using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>What stands around a commit: the hints it leaves to be sent, the live index kept in step, an end told.</summary>
public sealed class CommitEffects(WorkSender sender, ILiveIndex live, TellEnd tellEnd)
{
    /// <summary>Sees to it that the sweep soon looks at a run that ends while it rests: should this process die before the end is told, the sweep tells it.</summary>
    public Task BeforeAsync(Run before, Run after, CancellationToken cancellationToken) =>
        EndsAtRest(before, after) ? live.AddAsync([Soon(after)], cancellationToken) : Task.CompletedTask;

    public async Task AfterAsync(Run before, Run after, ImmutableArray<Hint> hints, CancellationToken cancellationToken)
    {
        foreach (var hint in hints)
            await sender.SendAsync(after.Id, hint, cancellationToken);

        if (!after.IsLive && before.IsLive)
        {
            await tellEnd.RunAsync(after, new LiveEntry(before.Id, before.CheckAt), cancellationToken);
            if (EndsAtRest(before, after))
                await live.RemoveAsync(Soon(after), cancellationToken);
        }
        else if (after.CheckAt != before.CheckAt)
            await live.MoveAsync(new LiveEntry(before.Id, before.CheckAt), after.CheckAt, cancellationToken);
    }

    private static bool EndsAtRest(Run before, Run after) =>
        before.IsLive && after.EndedAt is { } at && before.CheckAt > at + Sweeping.Interval + Sweeping.Grace;

    private static LiveEntry Soon(Run ended) => new(ended.Id, ended.EndedAt!.Value + Sweeping.Interval);
}
