using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>
/// Several executors on one storage, in virtual time and on one thread. The seed decides functions, interleavings and faults, so that a failure can be
/// had again.
/// </summary>
internal sealed class Simulation
{
    private const int Processes = 3;
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(3_000);
    private static readonly FunctionId s_function = FunctionId.Parse("sim-function");

    private readonly Random _random;
    private readonly SeededScheduler _scheduler;
    private readonly VirtualTime _time = new(s_start);
    private readonly EngineOptions _options;
    private readonly Faults _faults;
    private readonly int? _slots;
    private readonly List<SimulatedProcess> _processes = [];
    private readonly PriorityQueue<RunId, DateTimeOffset> _cancels = new();
    private DateTimeOffset _nextSweep = s_start;
    private int _steps;
    private int _jumps;

    /// <param name="seed">Decides everything.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="slots">How many calls of the function may be under way at a time; null: any number.</param>
    public Simulation(int seed, Faults faults, int? slots = null)
    {
        _slots = slots;
        _random = new Random(seed);
        _scheduler = new SeededScheduler(_random);
        _faults = faults;
        _options = new EngineOptions { NextJitter = _random.NextDouble, ParallelCalls = 4, TimeBudget = TimeSpan.FromMinutes(2) };
        Storage = new InMemoryStorage(_time, shards: 2);
        App = new ScriptedApp(_random, _time, faults, CheckpointAsync);
    }

    public InMemoryStorage Storage { get; }

    public ScriptedApp App { get; }

    public List<RunId> Runs { get; } = [];

    public Happened Happened { get; } = new();

    /// <summary>Starts runs and goes on until all have ended and nothing is left to do.</summary>
    public void Play(int runs)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_scheduler);
        try
        {
            Settle(StartAsync(runs));
            while (!IsOver())
                Step();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public Run Read(RunId id) => ((ReadRunOutcome.Found)Storage.Runs.ReadAsync(id, CancellationToken.None).Result).Run;

    private async Task StartAsync(int runs)
    {
        var step = new StepConfig("step", "step", new RuntimeConfig("http", "http://app/?fnId=sim-function&stepId=step"), new RetriesConfig(20));
        var function = new FunctionConfig
        {
            Id = s_function.Value,
            Name = "sim",
            Steps = new Dictionary<string, StepConfig> { ["step"] = step },
            Concurrency = _slots is { } limit ? RawJson.FromString($"{limit}") : null,
        };
        await Storage.Apps.SaveAsync(new RegisteredApp("sim", "http://app/", "sim", null, s_start, [function]), CancellationToken.None);
        var sender = new WorkSender(Storage.Queue, _time);
        for (var i = 0; i < runs; i++)
        {
            var bytes = new byte[16];
            _random.NextBytes(bytes);
            var id = RunId.Parse(UlidText.Of(bytes));
            var run = Starting.Create(id, s_function, id.Value, [RawJson.FromString("{}")], 21, _time.GetUtcNow(), _options.ClaimLength);
            App.Serve(id, i == 0 && _random.Next(4) == 0 ? Node.Wide(_random) : Node.Random(_random), (ScriptedApp.Manner)_random.Next(4));
            if (_random.NextDouble() < _faults.Cancel)
                _cancels.Enqueue(id, s_start + TimeSpan.FromSeconds(Math.Pow(10, _random.NextDouble() * 5)));

            Runs.Add(id);
            await Storage.Live.AddAsync([new LiveEntry(id, run.CheckAt)], CancellationToken.None);
            await Storage.Runs.CreateAsync(run, CancellationToken.None);
            await sender.SendStartAsync(id, CancellationToken.None);
        }
    }

    /// <summary>Any of the processes takes a checkpoint. What it says must be so: the step is stored, or the call is superseded.</summary>
    private async Task<CheckpointOutcome?> CheckpointAsync(RunId id, DispatchKey dispatch, Op op)
    {
        var alive = _processes.FindAll(process => !process.IsDead);
        if (alive.Count == 0)
            return null;

        var outcome = await alive[_random.Next(alive.Count)].CheckpointAsync(id, dispatch, op);
        var run = Read(id);
        switch (outcome)
        {
            case CheckpointOutcome.Remembered when !run.Stack.Contains(op.Id):
                Happened.Failure ??= new InvalidOperationException($"Step {op.Title} of run {id} is said to be remembered, and is not. {App.Show(id)}");
                break;
            case CheckpointOutcome.Superseded when Checkpointing.IsOpen(run, dispatch):
                Happened.Failure ??= new InvalidOperationException($"A call of run {id} is told that it is superseded, and is not. {App.Show(id)}");
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

    private void Settle(Task task)
    {
        while (!task.IsCompleted)
            Require(_scheduler.RunOne(), () => "the start does not end");

        task.GetAwaiter().GetResult();
    }

    private void Step()
    {
        if (Happened.Failure is { } failure)
            throw new InvalidOperationException("A process met what must not be.", failure);

        Require(++_steps < 1_000_000, () => $"there is always something to do at {_time.GetUtcNow():O}, and nothing comes of it: {Left()}");
        Happened.Crashes += _processes.RemoveAll(process => process.IsDead);
        while (_processes.Count < Processes)
            _processes.Add(new SimulatedProcess(Storage, App, _random, _time, _faults, _options, Happened));

        var process = _processes[_random.Next(Processes)];
        if (_faults.Sweeps && _time.GetUtcNow() >= _nextSweep)
        {
            _nextSweep = _time.GetUtcNow() + Sweeping.Interval;
            _ = process.SweepAsync();
        }

        if (NextCancel <= _time.GetUtcNow())
            _ = process.CancelAsync(_cancels.Dequeue());

        if (Storage.Queue.NextVisibleAt <= _time.GetUtcNow() && _random.Next(3) == 0)
        {
            for (var shard = 0; shard < Storage.Queue.Shards; shard++)
            {
                foreach (var delivery in Storage.Queue.ReceiveAsync(shard, _random.Next(1, 33), _options.ClaimLength, CancellationToken.None).Result)
                    _ = process.HandleAsync(delivery);
            }
        }

        if (!_scheduler.RunOne() && !(Storage.Queue.NextVisibleAt <= _time.GetUtcNow()))
            GoOn();
    }

    /// <summary>Nothing can happen now: on to the next timer, message or look of the sweep.</summary>
    private void GoOn()
    {
        var next = new[] { _time.NextTimer, Storage.Queue.NextVisibleAt, NextLook(), NextCancel }.OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        Require(next - s_start < s_longest, () => $"the runs are stuck: {Left()}");
        Require(++_jumps < 200_000, () => $"the runs go round in circles: {Left()}");
        _time.GoTo(next);
        _steps = 0;
        if (NextLook() is { } look && look <= _time.GetUtcNow() && _nextSweep < look)
            _nextSweep = look;
    }

    private DateTimeOffset? NextCancel => _cancels.TryPeek(out _, out var at) ? at : null;

    private DateTimeOffset? NextLook()
    {
        var due = Storage.Live.DueAsync(DateTimeOffset.MaxValue, 1, CancellationToken.None).Result;
        return due.IsEmpty || !_faults.Sweeps ? null : due[0].CheckAt > _nextSweep ? due[0].CheckAt : _nextSweep;
    }

    private bool IsOver() =>
        Storage.Queue.Count == 0 && NextLook() is null
        && _processes.TrueForAll(process => process.IsDead || process.Handling == 0) && Runs.TrueForAll(id => !Read(id).IsLive);

    private string Left() => string.Join(", ", Runs.Where(id => Read(id).IsLive).Take(3).Select(id => $"{id} {App.Show(id)}"));

    private static void Require(bool holds, Func<string> what)
    {
        if (!holds)
            throw new InvalidOperationException(what());
    }
}
