using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>The start of a run that was created in this process. It has no message of its own in the queue: <see cref="LocalStarts"/> names it.</summary>
internal sealed class StartHere(WorkMessage start, LocalStarts starts, WorkSender sender, TimeProvider time) : HeldMessage
{
    // The name of the first handling is never asked for: its claim is the start's.
    public override string Name => "here";

    public override bool IsRedelivery => false;

    public override bool IsFirst => true;

    public override Task KeepAsync() => starts.KeepAsync();

    public override async Task PutOffAsync(TimeSpan rest)
    {
        await sender.SendAsync(start.Run, new Hint(start.Id, start.Items, time.GetUtcNow() + rest), CancellationToken.None);
        starts.Remove(start.Run);
    }

    public override Task DeleteAsync()
    {
        starts.Remove(start.Run);
        return Task.CompletedTask;
    }
}
