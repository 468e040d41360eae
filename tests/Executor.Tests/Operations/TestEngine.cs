using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Executor.Tests.Api;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>The engine of one process, without a pump: the test hands it the messages.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public const string AppUrl = "http://127.0.0.1:9400/api/stepwell";

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private static int s_events;

    private readonly ServiceProvider _services;
    private readonly HashSet<string> _functions = [];

    /// <param name="options">Commits wait for nobody unless a test says so: the clock stands still.</param>
    /// <param name="beside">Another process on the same storage, whose clock is the first's.</param>
    /// <param name="calls">Calls apps in place of <see cref="Calls"/>.</param>
    public TestEngine(EngineOptions? options = null, TestEngine? beside = null, Func<IServiceProvider, IAppCalls>? calls = null)
    {
        Options = options ?? new EngineOptions { CommitLinger = TimeSpan.Zero, RetryInterval = TimeSpan.FromSeconds(30) };
        Time = new WatchedTime(Journal);
        Storage = beside?.Storage ?? new InMemoryStorage(Time);
        Ports = new JournalledPorts(Storage, Journal);
        Waits = new WatchedWaits(Storage.Waits);
        Gates = new FailingGates(Storage.Gates);
        Calls = new RecordedCalls(Journal);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILocalWorkers>(Workers);
        services.AddStepwellEngine(Options);
        services.AddSingleton<IRunStore>(Ports);
        services.AddSingleton<ILiveIndex>(Ports);
        services.AddSingleton<IWorkQueue>(Ports);
        services.AddSingleton<IAppStore>(Storage.Apps);
        services.AddSingleton<IEventStore>(Storage.Events);
        services.AddSingleton<IWaitStore>(Waits);
        services.AddSingleton<IGateStore>(Gates);
        services.AddSingleton(calls ?? (_ => Calls));
        _services = services.BuildServiceProvider();
    }

    public EngineOptions Options { get; }

    public Journal Journal { get; } = new();

    public WatchedTime Time { get; }

    public InMemoryStorage Storage { get; }

    public JournalledPorts Ports { get; }

    public WatchedWaits Waits { get; }

    public FailingGates Gates { get; }

    public RecordedCalls Calls { get; }

    /// <summary>None is free unless a test says so.</summary>
    public TestWorkers Workers { get; } = new();

    public KeptLog Log { get; } = new();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Registers an app with functions of these names, in place of what it had before.</summary>
    public Task RegisterAsync(string url = AppUrl, int retries = 4, params string[] functions) => Storage.Apps.SaveAsync(
        new RegisteredApp($"app at {url}", url, "test:v1", null, Time.GetUtcNow(), [.. functions.Select(name => Function(name, url, retries))]), CancellationToken.None);

    /// <summary>Registers one function, written as in a registration: its event is <c>go</c> unless the triggers say otherwise.</summary>
    public Task RegisterAsync(string id, string more, string triggers = "{\"event\":\"go\"}") =>
        RegisterAllAsync(TestApi.Function(id, "go", more).Replace("{\"event\":\"go\"}", triggers, StringComparison.Ordinal));

    /// <summary>Registers functions, each written as in a registration.</summary>
    public async Task RegisterAllAsync(params string[] functions)
    {
        var request = RegistrationReading.Parse(Encoding.UTF8.GetBytes(TestApi.Registration(string.Join(",", functions))));
        await Storage.Apps.SaveAsync(RegistrationReading.Check(request, Time.GetUtcNow()), CancellationToken.None);
        Get<AppDirectory>().Forget();
    }

    /// <summary>Sends an event, or several. Returns the runs that each starts or joins.</summary>
    public async Task<IReadOnlyList<RunId>> SendAsync(string events)
    {
        var runs = new List<RunId>();
        foreach (var id in await Get<IngestEvents>().IngestAsync(Encoding.UTF8.GetBytes(events), null, CancellationToken.None))
            runs.AddRange(Assert.IsType<ReadEventOutcome.Found>(await Storage.Events.ReadAsync(id, CancellationToken.None)).Event.Runs.Select(run => run.Run));

        return runs;
    }

    /// <summary>Starts a run and forgets what that took.</summary>
    public async Task<RunId> StartAsync(string function = "shop-f", int retries = 4)
    {
        if (await Get<AppDirectory>().FindAsync(FunctionId.Parse(function), CancellationToken.None) is null)
        {
            _functions.Add(function);
            await RegisterAsync(retries: retries, functions: [.. _functions]);
            Get<AppDirectory>().Forget();
        }

        var start = Get<StartRun>();
        var id = Ulid.NewUlid(Time.GetUtcNow()).ToString();
        var happened = new IncomingEvent(id, $"event-{Interlocked.Increment(ref s_events)}", "a", RawJson.FromString($$$"""{"data":{},"id":"{{{id}}}","name":"a","ts":1,"user":{}}"""));
        var found = await Get<AppDirectory>().FindAsync(FunctionId.Parse(function), CancellationToken.None);
        var run = await start.CreateAsync(happened, found!, StartTerms.AtOnce, CancellationToken.None);
        await start.SendAsync(run, CancellationToken.None);
        Journal.Clear();
        return run.Id;
    }

    /// <summary>Starts a run of a function that waits for <c>shop/paid</c>.</summary>
    public Task<RunId> StartWaitingAsync(string? condition)
    {
        var others = Calls.Answer;
        var waiting = Answers.Wait(Answers.Waited("wait", "shop/paid", condition));
        Calls.Answer = (call, cancel) => call.Run.Function.Value == "shop-waits" ? waiting(call, cancel) : others(call, cancel);
        return StartAsync("shop-waits");
    }

    /// <summary>Receives the one message that can be received.</summary>
    public async Task<Delivery> ReceiveAsync() => Assert.Single(await ReceiveAllAsync());

    public async Task<IReadOnlyList<Delivery>> ReceiveAllAsync() => await Storage.Queue.ReceiveAsync(0, 32, Options.ClaimLength, CancellationToken.None);

    public Task HandleAsync(Delivery delivery, CancellationToken stopping = default) => Get<AdvanceRun>().HandleAsync(delivery, stopping);

    /// <summary>Handles what can be received until that is nothing. Returns the number of messages.</summary>
    public async Task<int> WorkAsync()
    {
        var handled = 0;
        while (await ReceiveAllAsync() is { Count: > 0 } received)
        {
            handled += received.Count;
            await Task.WhenAll(received.Select(delivery => HandleAsync(delivery)));
        }

        return handled;
    }

    /// <summary>Handles messages, and lets the time pass until the next can be received, until the queue is empty. Returns the number of deliveries.</summary>
    public async Task<int> WorkToEndAsync()
    {
        var handled = await WorkAsync();
        while (Storage.Queue.NextVisibleAt is { } next)
        {
            Time.Advance(next - Time.GetUtcNow());
            handled += await WorkAsync();
        }

        return handled;
    }

    /// <summary>
    /// Handles messages until the queue is empty as a pump does, which receives while others are being handled, and with a clock that goes on meanwhile: whoever stands ready
    /// for a slot may wait for one whose message is still to come.
    /// </summary>
    public async Task PumpToEndAsync()
    {
        var handling = new List<Task>();
        while (true)
        {
            handling.AddRange((await ReceiveAllAsync()).Select(delivery => HandleAsync(delivery)));
            var tick = handling.Count > 0 ? s_tick : Storage.Queue.NextVisibleAt - Time.GetUtcNow();
            if (tick is null)
                return;

            await Task.WhenAny([.. handling, Task.Delay(s_tick)]);
            Time.Advance(tick.Value);
            foreach (var handled in handling.Where(task => task.IsCompleted).ToList())
            {
                handling.Remove(handled);
                await handled;
            }
        }
    }

    /// <summary>The run as it is stored.</summary>
    public async Task<Run> RunAsync(RunId id) => Assert.IsType<ReadRunOutcome.Found>(await Storage.Runs.ReadAsync(id, CancellationToken.None)).Run;

    /// <summary>Every row of the live index.</summary>
    public async Task<LiveEntry[]> LiveAsync() => [.. await Storage.Live.DueAsync(DateTimeOffset.MaxValue, 1_000, CancellationToken.None)];

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static FunctionConfig Function(string name, string url, int retries) => new()
    {
        Id = name,
        Name = name,
        Triggers = [new TriggerConfig { Event = "a" }],
        Steps = new Dictionary<string, StepConfig>
        {
            ["step"] = new("step", "step", new RuntimeConfig("http", $"{url}?fnId={name}&stepId=step"), new RetriesConfig(retries)),
        },
    };
}
