using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Starts the function that a step invokes, as a child run whose id follows from the step: however often it is started, it is one run.</summary>
public sealed class InvokeChild(AppDirectory directory, StartFunction start, StartRun run, IEventStore events)
{
    /// <summary>The child's run.</summary>
    public static RunId IdOf(Run parent, Step step) => RunIds.Of(InvokedEvents.CorrelationOf(parent.Id, step.Key), FunctionOf(step), 0);

    /// <summary>Creates the child; null when its function is not registered or its input is none, of which <see cref="LookAtWait"/> tells the step. It does not run yet.</summary>
    public async Task<NewRun?> CreateAsync(Run parent, Step step, CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(FunctionOf(step), cancellationToken) is not { } function || InvokedEvents.Of(parent, step) is not { } happened)
            return null;

        var child = await start.InvokeAsync(happened, function, cancellationToken);
        if (child.IsNew)
        {
            await events.AddAsync(
                [new StoredEvent(happened.InternalId, happened.InternalId, happened.Name, step.CreatedAt, happened.Json, [new StartedRun(child.Id, function.Id)])],
                cancellationToken);
        }

        return child;
    }

    /// <summary>Sets a child going.</summary>
    public Task SendAsync(NewRun child, CancellationToken cancellationToken) => run.SendAsync(child, cancellationToken);

    private static FunctionId FunctionOf(Step step) => ((Wait.Child)((StepState.Waiting)step.State).For).Function;
}
