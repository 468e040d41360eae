using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Simulation.Tests;

/// <summary>One executor, the whole engine in it. It may die at any of its operations, and then does nothing any more.</summary>
internal sealed class ExecutorProcess : IDisposable, ILocalWorkers
{
    private readonly Random _random;
    private readonly ServiceProvider _services;
    private readonly ProcessLife _life;
    private readonly Happened _happened;

    public ExecutorProcess(InMemoryStorage storage, ScriptedApp app, Witness witness, Random random, TimeProvider everywhere, Faults faults, EngineOptions options, Happened happened, string name)
    {
        _random = random;
        _happened = happened;
        _life = new ProcessLife(random, everywhere, faults, happened, name);
        var ports = new FaultyStorage(storage, _life, witness, random, faults, happened);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_life.Time);
        services.AddLogging();
        services.AddSingleton<ILocalWorkers>(this);
        services.AddStepwellEngine(options);
        services.AddSingleton<IRunStore>(ports);
        services.AddSingleton<IEventStore>(ports);
        services.AddSingleton<IAppStore>(ports);
        services.AddSingleton<IWorkQueue>(ports);
        services.AddSingleton<ILiveIndex>(ports);
        services.AddSingleton<IWaitStore>(ports);
        services.AddSingleton<IGateStore>(ports);
        services.Replace(ServiceDescriptor.Singleton<IAppCalls>(new CallsOf(app, _life)));
        _services = services.BuildServiceProvider();
    }

    public bool IsDead => _life.IsDead;

    /// <summary>Deliveries being handled.</summary>
    public int Handling { get; private set; }

    public Task HandleAsync(Delivery delivery) => HandleAsync(() => Get<AdvanceRun>().HandleAsync(delivery, CancellationToken.None));

    bool ILocalWorkers.TryTake() => !_life.IsDead && _random.Next(2) == 0;

    void ILocalWorkers.Work(ReadRunOutcome.Found created)
    {
        // It may have died after the message was written for this run and others.
        if (!_life.IsDead)
            _ = HandleAsync(() => Get<AdvanceRun>().StartAsync(created, CancellationToken.None));
    }

    void ILocalWorkers.Release()
    {
        // It takes any number at a time.
    }

    public Task SweepAsync() => TryAsync(() => Get<Sweep>().RunAsync(CancellationToken.None));

    public Task CancelAsync(RunId id) => TryAsync(() => Get<CancelRun>().CancelAsync(id, "asked", CancellationToken.None));

    /// <summary>Whether it says that it has accepted an event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="seed">Names the request, also when it is repeated.</param>
    public async Task<bool> IngestAsync(byte[] body, string seed) => await AskAsync(async () =>
    {
        await Get<IngestEvents>().IngestAsync(body, seed, CancellationToken.None);
        return "accepted";
    }) is not null;

    /// <summary>What it answers to a checkpoint; null when it fails, or dies before it has answered.</summary>
    public Task<CheckpointOutcome?> CheckpointAsync(RunId id, DispatchKey dispatch, Op op) =>
        AskAsync(() => Get<CheckpointRun>().CheckpointAsync(id, dispatch, [op]));

    public void Dispose() => _services.Dispose();

    private async Task HandleAsync(Func<Task> handle)
    {
        Handling++;
        await TryAsync(handle);
        Handling--;
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Asks it over the network; null when no answer comes.</summary>
    private async Task<T?> AskAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        var answer = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hang() => answer.TrySetResult(null);
        _life.Died += Hang;
        _ = TakeAsync();
        var outcome = await answer.Task;
        _life.Died -= Hang;
        return outcome;

        async Task TakeAsync()
        {
            await TryAsync(async () => answer.TrySetResult(await ask()));
            answer.TrySetResult(null);
        }
    }

    private async Task TryAsync(Func<Task> operation)
    {
        try
        {
            await operation();
        }
        catch (StorageDownException)
        {
            // As in a host: a message comes back when its lease is over, the next sweep does what this one did not, and whoever asks is told so.
        }
        catch (Exception exception)
        {
            _happened.Failure ??= exception;
        }
    }

    private sealed class CallsOf(ScriptedApp app, ProcessLife life) : IAppCalls
    {
        public async Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken)
        {
            var answer = await app.CallAsync(call, cancellationToken);
            await life.GoOnAsync();
            return answer;
        }
    }
}
