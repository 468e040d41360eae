using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Simulation.Tests;

/// <summary>
/// A discovery call in which an app runs one step after the other, each of them remembered by any of the executors before the next. It goes on when nobody waits
/// for its answer any more, until it is told that another call has taken its place.
/// </summary>
/// <param name="app">Whose call it is.</param>
/// <param name="api">Takes the checkpoints.</param>
/// <param name="received">The call.</param>
/// <param name="rest">Lets time pass between steps.</param>
/// <param name="isImpatient">Whether this time it does not wait for the answer to a checkpoint, which is taken all the same.</param>
internal sealed class CheckpointedCall(ScriptedApp app, IExecutorApi api, ReceivedCall received, Func<Task> rest, Func<bool> isImpatient)
{
    private const int Tries = 3;

    public async Task<AppAnswer> AnswerAsync()
    {
        var call = received.Call;
        var run = call.Run;
        while (ScriptedApp.FoundIn(run, received.Function) is [Node.Work work])
        {
            await rest();
            var op = await app.ExecuteAsync(received, work, race: false);
            if (op is not StepRunOp ran)
                return Reported(op);

            switch (await CheckpointAsync(ran))
            {
                case CheckpointOutcome.Remembered:
                    run = Remembering(run, ran);
                    break;
                case CheckpointOutcome.Superseded:
                    return new AppAnswer.Failed(RunFailures.Of("Error", "superseded").ToJson());
                default:
                    // As an SDK does that reaches nobody, or has waited for too long: it hands the step over with its answer.
                    return Reported(ran);
            }
        }

        var answer = await app.PassAsync(received with { Call = call with { Run = run } });
        return answer is AppAnswer.Returned returned && run != call.Run && received.Function.Manner == Manner.Checkpoints
            ? Reported(new RunCompleteOp { Id = StepKey.Hash("complete"), Data = returned.Output })
            : answer;
    }

    private async Task<CheckpointOutcome?> CheckpointAsync(StepRunOp ran)
    {
        var open = received.Call.Run.Discovery!;
        for (var i = 0; i < Tries; i++)
        {
            if (await api.CheckpointAsync(received.Call.Run.Id, new DispatchKey(open.Number, open.Dispatch), ran) is { } outcome)
                return isImpatient() ? null : outcome;
        }

        return null;
    }

    private static AppAnswer.Reported Reported(Op op) => new(2, [op], new RetryAdvice(op is StepFailedOp));

    private static Run Remembering(Run run, StepRunOp ran)
    {
        var step = new Step
        {
            Key = ran.Id,
            Name = ran.Title,
            Op = ran.Code,
            Index = run.Steps.Count,
            Origin = MessageId.None,
            CreatedAt = default,
            State = new StepState.Done(new Memo.Data(ran.Data), run.Stack.Count, default),
        };
        return run with { Steps = run.Steps.Add(ran.Id, step), Stack = run.Stack.Add(ran.Id) };
    }
}
