using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Tests.Operations;

public sealed class AppDirectoryTests
{
    private static readonly IncomingEvent s_happened = new("01ARZ3NDEKTSV4RRFFQ69G5EVT", "1", "a", RawJson.FromString("{}"));
    private static readonly FunctionId s_first = FunctionId.Parse("shop-f");
    private static readonly FunctionId s_second = FunctionId.Parse("shop-g");

    [Fact]
    public async Task A_function_that_another_process_registers_is_found_when_it_was_missed_for_a_second()
    {
        await using var engine = new TestEngine();
        var directory = engine.Get<AppDirectory>();
        Assert.Null(await directory.FindAsync(s_first, CancellationToken.None));

        await engine.RegisterAsync(functions: "shop-f");

        Assert.Null(await directory.FindAsync(s_first, CancellationToken.None));
        engine.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(s_first, (await directory.FindAsync(s_first, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task An_event_that_started_nothing_a_second_ago_starts_what_another_process_has_registered_since()
    {
        await using var engine = new TestEngine();
        Assert.Empty(await engine.SendAsync("""{"name":"a"}"""));

        await engine.RegisterAsync(functions: "shop-f");

        Assert.Empty(await engine.SendAsync("""{"name":"a"}"""));
        engine.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await engine.SendAsync("""{"name":"a"}"""));
    }

    [Fact]
    public async Task A_change_that_another_process_registers_is_seen_when_the_copy_is_old()
    {
        await using var engine = new TestEngine();
        var directory = engine.Get<AppDirectory>();
        await engine.RegisterAsync(functions: "shop-f");
        Assert.Single((await directory.CurrentAsync(CancellationToken.None)).TriggeredBy(s_happened, DateTimeOffset.UnixEpoch));

        await engine.RegisterAsync(functions: ["shop-f", "shop-g"]);

        engine.Time.Advance(engine.Options.DirectoryAge - TimeSpan.FromMilliseconds(1));
        Assert.Single((await directory.CurrentAsync(CancellationToken.None)).TriggeredBy(s_happened, DateTimeOffset.UnixEpoch));
        engine.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([s_first, s_second], (await directory.CurrentAsync(CancellationToken.None)).TriggeredBy(s_happened, DateTimeOffset.UnixEpoch).Select(function => function.Id));
    }

    [Fact]
    public async Task A_reading_that_ends_after_a_registration_does_not_hide_it()
    {
        await using var engine = new TestEngine();
        var store = new HeldStore(engine.Storage.Apps);
        var directory = new AppDirectory(store, engine.Time, engine.Options);
        var gate = store.HoldNext();
        var reading = directory.CurrentAsync(CancellationToken.None);

        await engine.RegisterAsync(functions: "shop-f");
        directory.Forget();
        gate.SetResult();
        Assert.Null((await reading).Find(s_first));

        Assert.NotNull((await directory.CurrentAsync(CancellationToken.None)).Find(s_first));
    }

    [Fact]
    public async Task A_reading_that_ends_after_a_younger_one_does_not_take_its_place()
    {
        await using var engine = new TestEngine();
        var store = new HeldStore(engine.Storage.Apps);
        var directory = new AppDirectory(store, engine.Time, engine.Options);
        var gate = store.HoldNext();
        var reading = directory.CurrentAsync(CancellationToken.None);

        await engine.RegisterAsync(functions: "shop-f");
        Assert.NotNull((await directory.NewestAsync(CancellationToken.None)).Find(s_first));
        gate.SetResult();
        Assert.Null((await reading).Find(s_first));

        Assert.NotNull((await directory.CurrentAsync(CancellationToken.None)).Find(s_first));
    }

    [Fact]
    public async Task A_registration_that_another_process_took_is_seen_when_it_is_repeated_here()
    {
        await using var engine = new TestEngine();
        var directory = engine.Get<AppDirectory>();
        Assert.Null((await directory.CurrentAsync(CancellationToken.None)).Find(s_first));
        await engine.RegisterAsync(functions: "shop-f");
        var app = Assert.Single((await engine.Storage.Apps.ReadAsync(CancellationToken.None)).Apps);

        var changed = await engine.Get<SyncApp>().RegisterAsync(
            new RegisterRequest { AppName = app.Id, Url = app.Url, Sdk = app.Sdk, Framework = app.Framework, Functions = app.Functions }, CancellationToken.None);

        Assert.False(changed);
        Assert.NotNull((await directory.CurrentAsync(CancellationToken.None)).Find(s_first));
    }

    [Fact]
    public async Task A_function_that_two_apps_register_is_that_of_the_later_one()
    {
        await using var engine = new TestEngine();
        await engine.RegisterAsync("http://127.0.0.1:1/old", functions: "shop-f");
        engine.Time.Advance(TimeSpan.FromSeconds(1));
        await engine.RegisterAsync("http://127.0.0.1:2/new", functions: "shop-f");

        var found = await engine.Get<AppDirectory>().FindAsync(s_first, CancellationToken.None);

        Assert.Equal("http://127.0.0.1:2/new?fnId=shop-f&stepId=step", found!.Url.ToString());
    }

    /// <summary>Apps whose list is read when it is asked for, and may be handed over late.</summary>
    private sealed class HeldStore(IAppStore apps) : IAppStore
    {
        private TaskCompletionSource? _gate;

        public TaskCompletionSource HoldNext() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken) => apps.SaveAsync(app, cancellationToken);

        public async Task<StoredApps> ReadAsync(CancellationToken cancellationToken)
        {
            var list = await apps.ReadAsync(cancellationToken);
            if (Interlocked.Exchange(ref _gate, null) is { } gate)
                await gate.Task;

            return list;
        }

        public Task SetPausedAsync(FunctionId function, bool isPaused, CancellationToken cancellationToken) => apps.SetPausedAsync(function, isPaused, cancellationToken);
    }
}
