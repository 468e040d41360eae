using System.Globalization;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Simulation.Tests;

/// <summary>
/// Several executors on one storage, an app, and somebody who sends events, in virtual time and on one thread. The seed decides functions, interleavings and faults,
/// so that a failure can be had again.
/// </summary>
internal sealed class World : IExecutorApi, IDisposable
{
    private const int Processes = 3;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3_000);
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly SeededScheduler _scheduler;
    private readonly VirtualTime _time = new(s_start);
    private readonly EngineOptions _options;
    private readonly Faults _faults;
    private readonly Dictionary<FunctionId, SimulatedFunction> _functions;
    private readonly List<ExecutorProcess> _processes = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Number)> _plans = new();
    private readonly HashSet<string> _meant = [];
    private readonly Dictionary<string, DateTimeOffset> _accepted = [];
    private DateTimeOffset _nextSweep = s_start;
    private int _steps;
    private int _jumps;
    private int _plan;
    private int _sending;
    private int _started;

    /// <param name="seed">Decides everything.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="traced">Whether to write down what happens.</param>
    public World(int seed, Faults faults, bool traced = false)
    {
        _random = new Random(seed);
        _scheduler = new SeededScheduler(_random);
        _faults = faults;
        _options = new EngineOptions { NextJitter = _random.NextDouble, ParallelCalls = 4, TimeBudget = TimeSpan.FromMinutes(2) };
        Happened = new Happened { Trace = traced ? [] : null };
        Storage = new InMemoryStorage(_time, shards: 2);
        _functions = new FunctionMaker(_random, faults).Make().ToDictionary(function => function.Id);
        Witness = new Witness(_functions, () => App!, Happened);
        App = new ScriptedApp(_functions, this, _random, _time, faults, Happened);
        Witness.WaitAdded += SendWhatComes;
        Witness.RunCreated += PlanCancel;
    }

    public InMemoryStorage Storage { get; }

    public ScriptedApp App { get; }

    public Witness Witness { get; }

    public Happened Happened { get; }

    public IReadOnlyDictionary<FunctionId, SimulatedFunction> Functions => _functions;

    /// <summary>The accepted events that start functions, by id, and the functions.</summary>
    public Dictionary<string, IReadOnlyList<SimulatedFunction>> Accepted { get; } = [];

    /// <summary>The runs, and the keys of runs, that somebody has cancelled, or tried to.</summary>
    public HashSet<string> Cancelled { get; } = [];

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Sends events and goes on until nothing is left to do.</summary>
    public void Play()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_scheduler);
        try
        {
            Storage.Apps.SaveAsync(new RegisteredApp("sim", "http://app/", "sim", null, s_start, [.. _functions.Values.Select(function => function.Config)]), CancellationToken.None).GetAwaiter().GetResult();
            PlanEvents();
            while (!IsOver())
                Step();
        }
        catch (Exception exception) when (exception is not SimulationFailedException)
        {
            throw new SimulationFailedException(exception.Message, exception);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Any of the processes takes a checkpoint. What it says must be so: the step is stored, or the call is superseded.</summary>
    async Task<CheckpointOutcome?> IExecutorApi.CheckpointAsync(RunId id, DispatchKey dispatch, Op op)
    {
        if (AnyProcess() is not { } process)
            return null;

        var outcome = await process.CheckpointAsync(id, dispatch, op);
        var run = Witness.Runs[id];
        switch (outcome)
        {
            case CheckpointOutcome.Remembered when !run.Stack.Contains(op.Id):
                Happened.Failure ??= new InvalidOperationException($"Step {op.Title} of run {id} is said to be remembered, and is not.");
                break;
            case CheckpointOutcome.Superseded when Checkpointing.IsOpen(run, dispatch):
                Happened.Failure ??= new InvalidOperationException($"A call of run {id} is told that it is superseded, and is not.");
                break;
            case CheckpointOutcome.Superseded:
                Happened.Superseded++;
                break;
            case CheckpointOutcome.Remembered:
                Happened.Checkpoints++;
                break;
            default:
                // The process failed.
                break;
        }

        return outcome;
    }

    async Task<bool> IExecutorApi.SendAsync(string name, string key, string id)
    {
        if (AnyProcess() is not { } process || !await process.IngestAsync(SimulatedEvents.Body(name, key, id), SimulatedEvents.Seed(id)))
            return false;

        _accepted.TryAdd(id, Now);
        return true;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
    }

    private ExecutorProcess? AnyProcess()
    {
        var alive = _processes.FindAll(process => !process.IsDead);
        return alive.Count == 0 ? null : alive[_random.Next(alive.Count)];
    }

    private void PlanEvents()
    {
        var triggers = _functions.Values.Select(function => function.Trigger).OfType<string>().Distinct().ToList();
        var events = _random.Next(1, 4);
        for (var i = 0; i < events; i++)
        {
            var name = triggers[_random.Next(triggers.Count)];
            var id = $"event-{i.ToString(CultureInfo.InvariantCulture)}";
            Plan(TimeSpan.FromSeconds(_random.Next(60)), () => _ = SendAsync(name, id, id));
            if (_functions.Values.Any(function => function.Trigger == name && function.CanBeStopped) && _random.NextDouble() < _faults.Cancel)
                Plan(AnyTime(), () =>
                {
                    Cancelled.Add(id);
                    _ = SendAsync(SimulatedFunction.Stop, id, $"stop-{id}");
                });
        }
    }

    private void PlanCancel(Run run)
    {
        if (_functions[run.Function].Trigger is null || _random.NextDouble() >= _faults.Cancel)
            return;

        Plan(AnyTime(), () =>
        {
            Cancelled.Add(run.Id.Value);
            _ = AnyProcess()?.CancelAsync(run.Id);
        });
    }

    /// <summary>Sends an event for which a run waits, some time after its wait is there.</summary>
    private void SendWhatComes(StoredWait wait)
    {
        if (!Witness.Runs.TryGetValue(wait.Run, out var run) || !_meant.Add(wait.Slot))
            return;

        if (_functions[run.Function].Body.Steps.FirstOrDefault(step => StepKey.Hash(step.Id) == wait.Step) is not Node.WaitForEvent { Comes: true } node)
            return;

        Plan(_random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_random.Next(3_600)), () => _ = SendAsync(SimulatedEvents.NameOf(run.Function, node.Id), ScriptedApp.KeyOf(run), $"{wait.Slot}"));
    }

    /// <summary>Sends an event until it is accepted, and perhaps once more.</summary>
    private async Task SendAsync(string name, string key, string id)
    {
        _sending++;
        while (!await ((IExecutorApi)this).SendAsync(name, key, id))
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 5_000)), _time);

        Happened.Trace?.Add($"event {name} {key} is accepted");
        if (_functions.Values.Where(function => function.Trigger == name).ToList() is { Count: > 0 } started)
            Accepted[id] = started;

        if (_random.NextDouble() < _faults.SentTwice)
            Plan(TimeSpan.FromSeconds(_random.Next(100)), () => _ = SendAsync(name, key, id));

        _sending--;
    }

    private TimeSpan AnyTime() => TimeSpan.FromSeconds(Math.Pow(10, _random.NextDouble() * 5));

    private void Plan(TimeSpan after, Action what) => _plans.Enqueue(what, (Now + after, _plan++));

    private void Step()
    {
        ThrowIfFailed();
        Require(++_steps < 300_000, () => $"there is always something to do at {Now:O}, and nothing comes of it: {Left()}");
        foreach (var dead in _processes.Where(one => one.IsDead).ToList())
        {
            _processes.Remove(dead);
            dead.Dispose();
        }

        while (_processes.Count < Processes)
            _processes.Add(new ExecutorProcess(Storage, App, Witness, _random, _time, _faults, _options, Happened, $"executor {++_started}"));

        var process = _processes[_random.Next(Processes)];
        if (_faults.Sweeps && Now >= _nextSweep)
        {
            _nextSweep = Now + Sweeping.Interval;
            _ = process.SweepAsync();
        }

        while (NextPlan <= Now)
            _plans.Dequeue()();

        if (Storage.Queue.NextVisibleAt <= Now && _random.Next(3) == 0)
        {
            for (var shard = 0; shard < Storage.Queue.Shards; shard++)
            {
                foreach (var delivery in Storage.Queue.ReceiveAsync(shard, _random.Next(1, 33), _options.ClaimLength, CancellationToken.None).Result)
                    _ = process.HandleAsync(delivery);
            }
        }

        if (!_scheduler.RunOne() && !(Storage.Queue.NextVisibleAt <= Now))
            GoOn();
    }

    /// <summary>Nothing can happen now: on to the next timer, message, plan or look of the sweep.</summary>
    private void GoOn()
    {
        var next = new[] { _time.NextTimer, Storage.Queue.NextVisibleAt, NextLook(), NextPlan }.OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        Require(next - s_start < s_longest, () => $"the runs are stuck: {Left()}");
        Require(++_jumps < 100_000, () => $"the runs go round in circles at {Now:O}: {Left()}");
        if (Progress.StuckUntil(next, Witness, _accepted, Happened) is { } stuck)
            throw new SimulationFailedException(stuck);

        _time.GoTo(next);
        Happened.Trace?.Add($"it is {Now:MM-dd HH:mm:ss.fff}");
        _steps = 0;
        if (NextLook() is { } look && look <= Now && _nextSweep < look)
            _nextSweep = look;
    }

    private DateTimeOffset? NextPlan => _plans.TryPeek(out _, out var at) ? at.At : null;

    private DateTimeOffset? NextLook()
    {
        var due = Storage.Live.DueAsync(DateTimeOffset.MaxValue, 1, CancellationToken.None).Result;
        return due.IsEmpty || !_faults.Sweeps ? null : due[0].CheckAt > _nextSweep ? due[0].CheckAt : _nextSweep;
    }

    private bool IsOver() =>
        Storage.Queue.Count == 0 && _sending == 0 && _plans.Count == 0
        && _processes.TrueForAll(process => process.IsDead || process.Handling == 0) && NextLook() is null && Witness.Runs.Values.All(run => !run.IsLive);

    private string Left() => string.Join(", ", Witness.Runs.Values.Where(run => run.IsLive).Take(3).Select(Show));

    private string Show(Run run) => $"{run.Id} {_functions[run.Function].Manner}: {_functions[run.Function].Body}";

    private void ThrowIfFailed()
    {
        if (Happened.Failure is { } failure)
            throw new SimulationFailedException(failure.Message, failure);
    }

    private static void Require(bool holds, Func<string> what)
    {
        if (!holds)
            throw new SimulationFailedException(what());
    }
}
