using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Simulation.Tests;

/// <summary>An app that serves functions given as trees, in the manner of one of the SDKs, over a network that breaks.</summary>
internal sealed class ScriptedApp(IReadOnlyDictionary<FunctionId, SimulatedFunction> functions, IExecutorApi api, Random random, TimeProvider time, Faults faults, Happened happened)
{
    private readonly Dictionary<string, (int Now, int Most)> _underWay = [];
    private long _calls;

    public Executions Executions { get; } = new();

    /// <summary>How often it said, asked for it, that a function had returned though steps were pending, and that it had not.</summary>
    public (int Yes, int No) SaidReturned { get; private set; }

    /// <summary>How many calls went on in the app after the executor had given them up.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Of each line of calls that share slots, the function and the most that were under way at a time.</summary>
    public IEnumerable<(FunctionId Function, int Most)> MostAtATime => _underWay.Select(one => (FunctionId.Parse(one.Key.Split(' ')[0]), one.Value.Most));

    public async Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        var function = functions[call.Run.Function];
        var number = ++_calls;
        var line = function.AreSlotsKeyed ? $"{function.Id} {KeyOf(call.Run)}" : $"{function.Id} ";
        Count(line, 1);
        happened.Trace?.Add($"{call.Run.Id} call {number} for {call.Item}, attempt {call.Attempt}, {call.Run.Stack.Count} memos");
        try
        {
            var answer = await AnswerAsync(new ReceivedCall(call, number, function), cancellationToken);
            happened.Trace?.Add($"{call.Run.Id} call {number} gives {Text(answer)}");
            return answer;
        }
        finally
        {
            Count(line, -1);
        }
    }

    /// <summary>The steps without a memo before which the function stands.</summary>
    public static List<Node.Step> FoundIn(Run run, SimulatedFunction function)
    {
        var pass = new Replay(run);
        pass.Pass(function.Body);
        return pass.Found;
    }

    /// <summary>Passes through the function once.</summary>
    public async Task<AppAnswer> PassAsync(ReceivedCall received)
    {
        var (call, _, function) = received;
        var pass = new Replay(call.Run);
        var result = pass.Pass(function.Body);
        if (call.Item == StepKey.Returned)
            return Ended(result);

        var ops = await OpsAsync(received, pass.Found);
        if (ops is not null)
            return new AppAnswer.Reported(function.Manner == Manner.Version1 ? 1 : 2, [.. ops], new RetryAdvice(ops.OfType<StepFailedOp>().Any()));

        return result switch
        {
            Replay.Result.Value value => new AppAnswer.Returned(RawJson.FromString(Expected.Quoted(value.Text))),
            Replay.Result.Error error => new AppAnswer.Failed(RunFailures.Of("Error", error.Text).ToJson()),
            _ => new AppAnswer.Reported(function.Manner == Manner.Version1 ? 1 : 2, [], RetryAdvice.Silent),
        };
    }

    /// <summary>Runs the body of a step.</summary>
    public async Task<Op> ExecuteAsync(ReceivedCall received, Node.Work work, bool race)
    {
        var run = received.Call.Run.Id;
        var times = RunBody(received, work.Id);
        happened.Trace?.Add($"{run} call {received.Number} runs {work.Id}, the {times}. time");
        var id = StepKey.Hash(work.Id);
        if (work.FailsForGood)
            return new StepFailedOp { Id = id, Name = work.Id, Race = race, Error = RunFailures.Of("Error", $"{work.Id} failed").ToJson() };

        var isSent = work.Sends is null || await api.SendAsync(SimulatedEvents.NameOf(received.Function.Id, work.Sends), KeyOf(received.Call.Run), $"{run}.{work.Id}");
        if (times <= work.Failures || !isSent)
            return new StepErrorOp { Id = id, Name = work.Id, Race = race, Error = RunFailures.Of("Error", $"{work.Id} failed for now").ToJson() };

        var value = RawJson.FromString($"\"{work.Id}#{times}\"");
        Executions.Give(run, work.Id, value);
        return new StepRunOp { Id = id, Name = work.Id, Race = race, Data = value };
    }

    public static string KeyOf(Run run)
    {
        using var happened = run.Events[0].Parse();
        return happened.RootElement.GetProperty("data").GetProperty("key").GetString()!;
    }

    private int RunBody(ReceivedCall received, string step)
    {
        try
        {
            return Executions.Run(received.Call.Run.Id, step, received.Number);
        }
        catch (InvalidOperationException broken)
        {
            happened.Failure ??= broken;
            throw;
        }
    }

    private void Count(string line, int change)
    {
        var (now, most) = _underWay.GetValueOrDefault(line);
        _underWay[line] = (now + change, Math.Max(most, now + change));
    }

    private async Task<AppAnswer> AnswerAsync(ReceivedCall received, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Happens(faults.CallBroken))
            return Broken("refused");

        if (random.NextDouble() < faults.SlowCall)
            await Task.Delay(TimeSpan.FromSeconds(random.Next(5, 120)), time, cancellationToken);
        else if (random.Next(2) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 300)), time, cancellationToken);

        var call = received.Call;
        Executions.See(call.Run.Id, call.Run.Stack, received.Number);
        var answer = received.Function.Manner is Manner.Checkpoints or Manner.RaceAndCheckpoints && call.Item.IsDiscovery && !call.Run.ImmediateExecutionOff
            ? await CheckpointingAsync(received)
            : await PassAsync(received);
        return Happens(faults.AnswerLost) ? Broken("answer lost") : answer;
    }

    private bool Happens(double chance)
    {
        if (random.NextDouble() >= chance)
            return false;

        happened.LastFault = time.GetUtcNow();
        return true;
    }

    private async Task<AppAnswer> CheckpointingAsync(ReceivedCall received)
    {
        var answer = new CheckpointedCall(
            this, api, received, () => Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 2_000)), time, CancellationToken.None), IsImpatient).AnswerAsync();
        if (!Happens(faults.GivenUp))
            return await answer;

        GivenUp++;
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 1_500)), time, CancellationToken.None);
        return Broken("504");
    }

    private bool IsImpatient()
    {
        if (random.Next(10) > 0)
            return false;

        happened.Unawaited++;
        return true;
    }

    /// <summary>The answer to a call that asks whether the function has returned.</summary>
    private AppAnswer Ended(Replay.Result result)
    {
        switch (result)
        {
            case Replay.Result.Value value:
                SaidReturned = (SaidReturned.Yes + 1, SaidReturned.No);
                return new AppAnswer.Returned(RawJson.FromString(Expected.Quoted(value.Text)));
            case Replay.Result.Error error:
                SaidReturned = (SaidReturned.Yes + 1, SaidReturned.No);
                return new AppAnswer.Failed(RunFailures.Of("Error", error.Text).ToJson());
            default:
                SaidReturned = (SaidReturned.Yes, SaidReturned.No + 1);
                return Broken("Could not find the step.");
        }
    }

    private async Task<List<Op>?> OpsAsync(ReceivedCall received, List<Node.Step> found)
    {
        var (call, _, function) = received;
        if (!call.Item.IsDiscovery)
            return found.Find(node => StepKey.Hash(node.Id) == call.Item) is Node.Work work ? [await ExecuteAsync(received, work, IsRace(function))] : [];

        if (found.Count == 0)
            return null;

        if (found is [Node.Work only] && !call.Run.ImmediateExecutionOff)
            return [await ExecuteAsync(received, only, race: false)];

        var race = IsRace(function) && (found.Count > 1 || call.Run.ImmediateExecutionOff);
        List<Op> ops = [.. found.Select(node => OpOf(node, received, race))];
        if (random.Next(10) == 0)
            ops.Add(new DiscoveryRequestOp { Id = StepKey.Hash("discovery") });

        return ops;
    }

    private static bool IsRace(SimulatedFunction function) => function.Manner is Manner.Race or Manner.RaceAndCheckpoints;

    private static Op OpOf(Node.Step node, ReceivedCall received, bool race)
    {
        var id = StepKey.Hash(node.Id);
        return node switch
        {
            Node.Sleep sleep => new SleepOp { Id = id, Name = node.Id, Until = TimeString.Format(sleep.Length), Race = race },
            Node.WaitForEvent wait => new WaitForEventOp
            {
                Id = id,
                Name = node.Id,
                Event = SimulatedEvents.NameOf(received.Function.Id, node.Id),
                Timeout = TimeString.Format(wait.Timeout),
                If = "event.data.key == async.data.key",
                Race = race,
            },
            Node.Invoke invoke => new InvokeFunctionOp
            {
                Id = id,
                Name = node.Id,
                Function = invoke.Function,
                Opts = RawJson.FromString($$"""{"payload":{"data":{"key":"{{received.Call.Run.Id}}.{{node.Id}}"} },"function_id":"{{invoke.Function}}"}"""),
                Race = race,
            },
            _ => new StepPlannedOp { Id = id, Name = node.Id, Race = race },
        };
    }

    private static string Text(AppAnswer answer) => answer switch
    {
        AppAnswer.Reported reported => string.Join(", ", reported.Ops.Select(op => $"{op.Code} {op.Title}")),
        AppAnswer.Broken broken => $"{broken.Error}",
        _ => answer.GetType().Name,
    };

    private static AppAnswer.Broken Broken(string message) => new(RunFailures.Of("Transport", message).ToJson(), RetryAdvice.Silent);
}
