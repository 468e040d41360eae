using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>The registered apps.</summary>
public abstract class AppStoreContract
{
    protected abstract IAppStore Apps { get; }

    [Fact]
    public async Task There_is_none_at_first() => Assert.Empty((await Apps.ReadAsync(CancellationToken.None)).Apps);

    [Fact]
    public async Task An_app_is_listed_as_it_was_saved()
    {
        var full = App("shop", Function("shop-a"), Function("shop-b") with { Name = "b" });
        var bare = App("bare") with { Framework = null, RegisteredAt = ExampleRuns.Now.AddTicks(1) };

        await Apps.SaveAsync(full, CancellationToken.None);
        await Apps.SaveAsync(bare, CancellationToken.None);

        await AssertListedAsync(full, bare);
    }

    [Fact]
    public async Task A_function_is_paused_until_it_is_no_longer_whatever_its_app_does()
    {
        var (one, other) = (FunctionId.Parse("shop-a"), FunctionId.Parse("shop-é/#?"));
        Assert.Empty((await Apps.ReadAsync(CancellationToken.None)).Paused);
        // Never paused, so there is nothing to end.
        await Apps.SetPausedAsync(one, false, CancellationToken.None);

        await Apps.SetPausedAsync(one, true, CancellationToken.None);
        await Apps.SetPausedAsync(one, true, CancellationToken.None);
        await Apps.SetPausedAsync(other, true, CancellationToken.None);
        await Apps.SaveAsync(App("shop", Function("shop-a")), CancellationToken.None);
        Assert.Equal(new[] { one, other }.ToHashSet(), (await Apps.ReadAsync(CancellationToken.None)).Paused);
        Assert.Single((await Apps.ReadAsync(CancellationToken.None)).Apps);

        await Apps.SetPausedAsync(one, false, CancellationToken.None);
        Assert.Equal([other], (await Apps.ReadAsync(CancellationToken.None)).Paused);
    }

    [Fact]
    public async Task What_is_archived_is_kept()
    {
        var app = App("shop", Function("shop-a")) with { Archived = [new ArchivedFunction("shop-b", ExampleRuns.Now), new ArchivedFunction("shop-é", ExampleRuns.Now.AddTicks(1))] };

        await Apps.SaveAsync(app, CancellationToken.None);

        await AssertListedAsync(app);
    }

    [Fact]
    public async Task Everything_in_a_function_is_kept()
    {
        var function = new FunctionConfig
        {
            Id = "shop-a",
            Name = "a",
            Triggers = [new TriggerConfig { Event = "shop/*", Expression = "event.data.n > 1" }, new TriggerConfig { Cron = "TZ=Europe/Berlin 0 9 * * *", Jitter = "5m" }],
            Steps = new Dictionary<string, StepConfig>
            {
                ["step"] = new("step", "step", new RuntimeConfig("http", "http://app.test/api?fnId=shop-a&stepId=step"), new RetriesConfig(0)),
                ["other"] = new("other", "other", null),
            },
            Idempotency = "event.data.id",
            RateLimit = RawJson.FromString("""{"limit":1}"""),
            Throttle = RawJson.FromString("""{"limit":2}"""),
            Debounce = RawJson.FromString("""{"period":"3s"}"""),
            BatchEvents = RawJson.FromString("""{"maxSize":4}"""),
            Concurrency = RawJson.FromString("""[{"limit":5}]"""),
            Priority = RawJson.FromString("""{"run":"6"}"""),
            Timeouts = RawJson.FromString("""{"start":"7s"}"""),
            Singleton = RawJson.FromString("""{"mode":"skip"}"""),
            Cancel = RawJson.FromString("""[{"event":"\ud800"}]"""),
        };
        Assert.All(typeof(FunctionConfig).GetProperties(), property => Assert.NotNull(property.GetValue(function)));
        var app = App("shop", function);

        await Apps.SaveAsync(app, CancellationToken.None);

        await AssertListedAsync(app);
    }

    [Fact]
    public async Task A_registration_takes_the_place_of_the_earlier_one()
    {
        var other = App("other", Function("other-a"));
        var second = App("shop", Function("shop-c")) with { Url = "http://new.test/api", Framework = null };
        await Apps.SaveAsync(other, CancellationToken.None);
        await Apps.SaveAsync(App("shop", Function("shop-a"), Function("shop-b")), CancellationToken.None);

        await Apps.SaveAsync(second, CancellationToken.None);

        await AssertListedAsync(other, second);
    }

    [Fact]
    public async Task A_small_registration_takes_the_place_of_a_large_one_and_the_other_way_round()
    {
        var small = App("shop", Function("shop-a"));
        var large = App("shop", [.. Enumerable.Range(0, 1_000).Select(i => Function($"shop-{i}") with { Concurrency = ExampleJson.OfSize(1_000, i) })]);

        foreach (var app in new[] { small, large, small, large })
        {
            await Apps.SaveAsync(app, CancellationToken.None);
            await AssertListedAsync(app);
        }
    }

    [Fact]
    public async Task Apps_of_any_id_are_kept_apart()
    {
        string[] ids =
        [
            "a", "A", "a/b", "a#b", "a?b", "a\\b", "a%2Fb", "a'b", "a\"b", "a b", " a", "a\u0000", "\u0001", "..", "é", "e\u0301", "😀", "漢字", new string('a', 255), new string('漢', 255),
        ];
        var apps = ids.Select((id, i) => App(id, Function($"f{i}"))).ToArray();

        await Task.WhenAll(apps.Select(app => Apps.SaveAsync(app, CancellationToken.None)));

        await AssertListedAsync(apps);
    }

    [Fact]
    public async Task More_apps_are_listed_than_a_page_holds()
    {
        var apps = Enumerable.Range(0, 1_010).Select(i => App($"app-{i}")).ToArray();

        await Parallel.ForEachAsync(apps, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (app, cancel) => await Apps.SaveAsync(app, cancel));

        Assert.Equal(apps.Select(app => app.Id).ToHashSet(), ((await Apps.ReadAsync(CancellationToken.None)).Apps).Select(app => app.Id).ToHashSet());
    }

    private async Task AssertListedAsync(params RegisteredApp[] expected)
    {
        var listed = (await Apps.ReadAsync(CancellationToken.None)).Apps;
        Assert.Equal(expected.Select(Describe).Order(StringComparer.Ordinal), listed.Select(Describe).Order(StringComparer.Ordinal));
    }

    private static string Describe(RegisteredApp app)
    {
        var functions = JsonSerializer.Serialize(new RegisterRequest { Functions = app.Functions }, ProtocolJson.Default.RegisterRequest);
        return $"{Described.Of(app with { Functions = [] })} {functions}";
    }

    private static RegisteredApp App(string id, params ImmutableArray<FunctionConfig> functions) =>
        new(id, "http://app.test/api", "js:v4.0.0", "express", ExampleRuns.Now, functions);

    private static FunctionConfig Function(string id) => new()
    {
        Id = id,
        Name = id,
        Triggers = [new TriggerConfig { Event = "go" }],
        Steps = new Dictionary<string, StepConfig> { ["step"] = new("step", "step", new RuntimeConfig("http", $"http://app.test/api?fnId={Uri.EscapeDataString(id)}"), new RetriesConfig(4)) },
    };
}
