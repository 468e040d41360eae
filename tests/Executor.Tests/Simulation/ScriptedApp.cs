using System.Collections.Immutable;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>An app that serves functions given as trees, in the manner of one of the SDKs, over a network that breaks.</summary>
internal sealed class ScriptedApp(
    Random random, TimeProvider time, Faults faults, Func<RunId, DispatchKey, Op, Task<CheckpointOutcome?>> checkpoint)
{
    private readonly Dictionary<(RunId Run, string Step), int> _executions = [];
    private readonly Dictionary<RunId, (Node Function, Manner Manner)> _functions = [];
    private int _underWay;

    /// <summary>How an SDK reports: version 1, version 2, version 2 with every parallel op marked as race, or version 2 with checkpoints.</summary>
    public enum Manner
    {
        Version1,
        Version2,
        Race,
        Checkpoints,
    }

    public long Calls { get; private set; }

    /// <summary>How often it said, asked for it, that a function had returned though steps were pending, and that it had not.</summary>
    public (int Yes, int No) SaidReturned { get; private set; }

    /// <summary>How many calls went on in the app after the executor had given them up.</summary>
    public int GivenUp { get; private set; }

    public void Serve(RunId run, Node function, Manner manner) => _functions[run] = (function, manner);

    public Node FunctionOf(RunId run) => _functions[run].Function;

    public string Show(RunId run) => $"{_functions[run].Manner}: {Text(_functions[run].Function)}";

    private static string Text(Node node) => node switch
    {
        Node.Sequence sequence => $"({string.Join("; ", sequence.Parts.Select(Text))})",
        Node.All all => $"all({string.Join(", ", all.Branches.Select(Text))})",
        Node.Any any => $"any({string.Join(", ", any.Branches.Select(Text))})",
        Node.Try attempt => $"try({Text(attempt.Body)})",
        _ => node.ToString(),
    };

    public int Executions(RunId run, string step) => _executions.GetValueOrDefault((run, step));

    /// <summary>The most calls that were under way at a time.</summary>
    public int MostAtATime { get; private set; }

    public async Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        Calls++;
        MostAtATime = Math.Max(MostAtATime, ++_underWay);
        try
        {
            return await AnswerAsync(call, cancellationToken);
        }
        finally
        {
            _underWay--;
        }
    }

    private async Task<AppAnswer> AnswerAsync(AppCall call, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (random.NextDouble() < faults.CallBroken)
            return Broken("refused");

        if (random.NextDouble() < faults.SlowCall)
            await Task.Delay(TimeSpan.FromSeconds(random.Next(5, 120)), time, cancellationToken);
        else if (random.Next(2) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 300)), time, cancellationToken);

        var answer = _functions[call.Run.Id].Manner == Manner.Checkpoints && call.Item.IsDiscovery && !call.Run.ImmediateExecutionOff
            ? await CheckpointingAsync(call)
            : Answer(call);
        return random.NextDouble() < faults.AnswerLost ? Broken("answer lost") : answer;
    }

    /// <summary>The steps without a memo before which the function stands.</summary>
    public List<Node> FoundIn(Run run)
    {
        var pass = new Replay(run);
        pass.Pass(_functions[run.Id].Function);
        return pass.Found;
    }

    public AppAnswer Answer(AppCall call)
    {
        var (function, manner) = _functions[call.Run.Id];
        var pass = new Replay(call.Run);
        var result = pass.Pass(function);
        if (call.Item == StepKey.Returned)
            return Ended(result);

        var ops = Ops(call, pass.Found, manner);
        if (ops is not null)
            return new AppAnswer.Reported(manner == Manner.Version1 ? 1 : 2, [.. ops], new RetryAdvice(ops.OfType<StepFailedOp>().Any()));

        return result switch
        {
            Replay.Result.Value value => new AppAnswer.Returned(Json(value.Text)),
            Replay.Result.Error error => new AppAnswer.Failed(RunFailures.Of("Error", error.Text).ToJson()),
            _ => new AppAnswer.Reported(manner == Manner.Version1 ? 1 : 2, [], RetryAdvice.Silent),
        };
    }

    private async Task<AppAnswer> CheckpointingAsync(AppCall call)
    {
        var answer = new CheckpointedCall(this, call, () => Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 2_000)), time, CancellationToken.None), checkpoint).AnswerAsync();
        if (random.NextDouble() >= faults.GivenUp)
            return await answer;

        GivenUp++;
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 1_500)), time, CancellationToken.None);
        return Broken("504");
    }

    /// <summary>The answer to a call that asks whether the function has returned.</summary>
    private AppAnswer Ended(Replay.Result result)
    {
        switch (result)
        {
            case Replay.Result.Value value:
                SaidReturned = (SaidReturned.Yes + 1, SaidReturned.No);
                return new AppAnswer.Returned(Json(value.Text));
            case Replay.Result.Error error:
                SaidReturned = (SaidReturned.Yes + 1, SaidReturned.No);
                return new AppAnswer.Failed(RunFailures.Of("Error", error.Text).ToJson());
            default:
                SaidReturned = (SaidReturned.Yes, SaidReturned.No + 1);
                return Broken("Could not find the step.");
        }
    }

    private List<Op>? Ops(AppCall call, List<Node> found, Manner manner)
    {
        if (!call.Item.IsDiscovery)
            return found.Find(node => StepKey.Hash(Replay.IdOf(node)) == call.Item) is Node.Work work ? [Execute(call.Run.Id, work, manner == Manner.Race)] : [];

        if (found.Count == 0)
            return null;

        if (found is [Node.Work only] && !call.Run.ImmediateExecutionOff)
            return [Execute(call.Run.Id, only, race: false)];

        var race = manner == Manner.Race && (found.Count > 1 || call.Run.ImmediateExecutionOff);
        List<Op> ops = [.. found.Select(node => node switch
        {
            Node.Sleep sleep => (Op)new SleepOp { Id = StepKey.Hash(sleep.Id), Name = sleep.Id, Until = TimeString.Format(sleep.Length), Race = race },
            _ => new StepPlannedOp { Id = StepKey.Hash(Replay.IdOf(node)), Name = Replay.IdOf(node), Race = race },
        })];
        if (random.Next(10) == 0)
            ops.Add(new DiscoveryRequestOp { Id = StepKey.Hash("discovery") });

        return ops;
    }

    public Op Execute(RunId run, Node.Work work, bool race)
    {
        var times = _executions[(run, work.Id)] = Executions(run, work.Id) + 1;
        var id = StepKey.Hash(work.Id);
        if (work.FailsForGood)
            return new StepFailedOp { Id = id, Name = work.Id, Race = race, Error = RunFailures.Of("Error", $"{work.Id} failed").ToJson() };

        return times <= work.Failures
            ? new StepErrorOp { Id = id, Name = work.Id, Race = race, Error = RunFailures.Of("Error", $"{work.Id} failed for now").ToJson() }
            : new StepRunOp { Id = id, Name = work.Id, Race = race, Data = Json(work.Id) };
    }

    private static RawJson Json(string text) => RawJson.FromString($"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

    private static AppAnswer.Broken Broken(string message) => new(RunFailures.Of("Transport", message).ToJson(), RetryAdvice.Silent);
}
