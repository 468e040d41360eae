using System.Text;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Tests.Api;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.FlowControl;

/// <summary>What functions may ask for, and with which sentence they are refused.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "\"concurrency\":-1", "concurrency is -1; it must be 1 to 3000, or 0 for no limit" },
        { "\"concurrency\":3001", "concurrency is 3001; it must be 1 to 3000, or 0 for no limit" },
        { "\"concurrency\":{\"limit\":3001}", "concurrency.limit is 3001; it must be 0 to 3000" },
        { "\"concurrency\":\"ten\"", "concurrency is \"ten\"; it must be an object" },
        { "\"concurrency\":{\"limit\":1.5}", "concurrency.limit is 1.5; it must be 0 to 3000" },
        { "\"concurrency\":[{\"limit\":1},{\"limit\":1,\"scope\":\"world\"}]", "concurrency[1].scope is 'world'; it must be 'fn', 'env' or 'account'" },
        { "\"concurrency\":{\"limit\":1,\"scope\":\"env\"}", "concurrency.scope is 'env' without a key; a limit beyond the function needs one" },
        { "\"concurrency\":{\"limit\":1,\"key\":\"event.data.\"}", "concurrency.key is 'event.data.': " },
        { "\"concurrency\":{\"fn\":[{\"limit\":1}]}", "concurrency.fn is [{\"limit\":1}]; a limit of whole runs is not served" },
        { "\"throttle\":{\"period\":\"1m\"}", "throttle.limit is missing; it must be at least 1" },
        { "\"throttle\":{\"limit\":0,\"period\":\"1m\"}", "throttle.limit is 0; it must be at least 1" },
        { "\"throttle\":{\"limit\":1,\"period\":\"500ms\"}", "throttle.period is '500ms'; it must be at least 1s" },
        { "\"throttle\":{\"limit\":1,\"period\":\"1m\",\"burst\":0}", "throttle.burst is 0; it must be at least 1" },
        { "\"rateLimit\":{\"limit\":1,\"period\":\"25h\"}", "rateLimit.period is '25h'; it must be 1s to 1d" },
        { "\"rateLimit\":{\"limit\":1}", "rateLimit.period is missing; it must be 1s to 1d" },
        { "\"idempotency\":\"event.\"", "idempotency is 'event.': " },
        { "\"debounce\":{\"period\":\"8d\"}", "debounce.period is '8d'; it must be 1s to 1w" },
        { "\"debounce\":{\"period\":\"10s\",\"timeout\":\"5s\"}", "debounce.timeout is '5s'; it must be at least 10s" },
        { "\"batchEvents\":{\"maxSize\":1,\"timeout\":\"5s\"}", "batchEvents.maxSize is 1; it must be 2 to 100" },
        { "\"batchEvents\":{\"maxSize\":101,\"timeout\":\"5s\"}", "batchEvents.maxSize is 101; it must be 2 to 100" },
        { "\"batchEvents\":{\"maxSize\":10,\"timeout\":\"61s\"}", "batchEvents.timeout is '61s'; it must be 1s to 1m" },
        { "\"batchEvents\":{\"maxSize\":10,\"timeout\":\"5s\"},\"cancel\":[{\"event\":\"c\"}]", "batchEvents cannot be together with cancel" },
        { "\"batchEvents\":{\"maxSize\":10,\"timeout\":\"5s\"},\"debounce\":{\"period\":\"5s\"}", "batchEvents cannot be together with debounce" },
        { "\"batchEvents\":{\"maxSize\":10,\"timeout\":\"5s\"},\"singleton\":{\"mode\":\"skip\"}", "batchEvents cannot be together with singleton" },
        { "\"batchEvents\":{\"maxSize\":10,\"timeout\":\"5s\"},\"priority\":{\"run\":\"1\"}", "batchEvents cannot be together with priority" },
        { "\"singleton\":{\"key\":\"event.data.a\"}", "singleton.mode is missing; it must be 'skip' or 'cancel'" },
        { "\"singleton\":{\"mode\":\"queue\"}", "singleton.mode is 'queue'; it must be 'skip' or 'cancel'" },
        { "\"priority\":{\"run\":7}", "priority.run is 7; it must be a string" },
        { "\"timeouts\":{\"finish\":\"0s\"}", "timeouts.finish is '0s'; it must be at least 1ms" },
        { "\"cancel\":{\"event\":\"c\"}", "cancel is {\"event\":\"c\"}; it must be a list" },
        { "\"cancel\":[{}]", "cancel[0].event is missing or empty" },
        { "\"cancel\":[{\"event\":\"c\",\"if\":\"async.\"}]", "cancel[0].if is 'async.': " },
        { "\"cancel\":[{\"event\":\"1\"},{\"event\":\"2\"},{\"event\":\"3\"},{\"event\":\"4\"},{\"event\":\"5\"},{\"event\":\"6\"}]", "cancel has 6 events; the most is 5" },
    };

    public static TheoryData<string, string> RefusedSchedules => new()
    {
        { "{\"cron\":\"* * * *\"}", "cron is '* * * *': '* * * *' is no schedule" },
        { "{\"cron\":\"61 * * * *\"}", "cron is '61 * * * *': '61 * * * *' is no schedule" },
        { "{\"cron\":\"TZ=Nowhere/City 0 9 * * *\"}", "there is no time zone 'Nowhere/City'" },
        { "{\"cron\":\"TZ=Europe/Paris\"}", "'' is no schedule" },
        { "{\"cron\":\"0 9 * * *\",\"jitter\":\"6m\"}", "jitter is '6m'; it must be 1s to 5m" },
        { "{\"cron\":\"0 9 * * *\"},{\"cron\":\"0 9 * * *\",\"jitter\":\"5m\"}", "triggers has the schedule '0 9 * * *' twice" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_setting_without_meaning_is_refused_with_its_place_and_value(string setting, string sentence) =>
        Assert.Contains($"functions[0] ('shop-f').{sentence}", Refusal(TestApi.Function("shop-f", "a", $",{setting}")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(RefusedSchedules))]
    public void A_schedule_without_meaning_is_refused(string triggers, string sentence) =>
        Assert.Contains(sentence, Refusal(TestApi.Function("shop-f", "a", "").Replace("{\"event\":\"a\"}", triggers, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Limits_are_read_in_all_their_shapes()
    {
        Assert.Equal([(4, "", ConcurrencyScope.Function)], Limits("4"));
        Assert.Equal([(3, "event.data.a", ConcurrencyScope.Function)], Limits("""{"limit":3,"key":"event.data.a"}"""));
        Assert.Equal([(3, "", ConcurrencyScope.Function), (5, "'x'", ConcurrencyScope.Account)], Limits("""[3,{"limit":5,"key":"'x'","scope":"account"}]"""));
        Assert.Equal([(2, "'x'", ConcurrencyScope.Environment)], Limits("""{"fn":[],"step":[{"limit":2,"key":"'x'","scope":"env"}]}"""));
        Assert.Empty(Limits("0"));
        Assert.Empty(Limits("{}"));
        Assert.Empty(Limits("null"));
    }

    [Fact]
    public void An_older_way_to_match_is_an_expression() =>
        Assert.Equal("event.data.user == async.data.user", Assert.Single(CancelOn.Read(RawJson.FromString("""[{"event":"c","match":"data.user"}]"""))).If);

    [Theory]
    [InlineData("""{"mode":"skip"}""", "{}", "")]
    [InlineData("""{"mode":"skip","key":"event.data.user"}""", """{"user":"ann"}""", "ann")]
    [InlineData("""{"mode":"skip","key":"event.data.user"}""", "{}", null)]
    [InlineData("""{"mode":"skip","key":"event.data.on"}""", """{"on":false}""", null)]
    [InlineData("""{"mode":"skip","key":"event.data.on"}""", """{"on":true}""", "true")]
    public void A_singleton_is_none_for_an_event_whose_key_is_false_or_empty(string setting, string data, string? key) =>
        Assert.Equal(key, Singleton.Read(RawJson.FromString(setting))!.KeyOf(Input(data)));

    [Theory]
    [InlineData("event.data.p", """{"p":7}""", 7)]
    [InlineData("event.data.p * 100", """{"p":7}""", 600)]
    [InlineData("-1000", "{}", -600)]
    [InlineData("event.data.p", """{"p":1.5}""", 0)]
    [InlineData("event.data.p", """{"p":"high"}""", 0)]
    [InlineData("event.data.p", "{}", 0)]
    [InlineData("event.data.p", """{"p":1e300}""", 600)]
    public void A_priority_is_seconds_within_ten_minutes(string expression, string data, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Priority.Read(RawJson.FromString($$"""{"run":"{{expression}}"}"""))!.FactorOf(Input(data)));

    [Fact]
    public void A_debounce_is_due_a_period_after_the_last_event_and_its_timeout_after_the_first_at_the_latest()
    {
        var first = new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
        var debounce = new Debounce(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), null);
        Assert.Equal(first + TimeSpan.FromMinutes(10), debounce.DueAt(first, first));
        Assert.Equal(first + TimeSpan.FromMinutes(50), debounce.DueAt(first, first + TimeSpan.FromMinutes(40)));
        Assert.Equal(first + TimeSpan.FromHours(1), debounce.DueAt(first, first + TimeSpan.FromMinutes(59)));
        Assert.Equal(first + TimeSpan.FromDays(14), new Debounce(TimeSpan.FromDays(7), null, null).DueAt(first, first + TimeSpan.FromDays(7)));
    }

    [Fact]
    public void A_batch_is_full_when_it_has_enough_events_or_bytes()
    {
        var batch = new Batch(3, TimeSpan.FromSeconds(5), null, null);
        Assert.False(batch.IsFull(2, 100));
        Assert.True(batch.IsFull(3, 100));
        Assert.True(batch.IsFull(1, 4 * 1024 * 1024));
    }

    private static IEnumerable<(int, string, ConcurrencyScope)> Limits(string setting) =>
        ConcurrencyLimit.Read(RawJson.FromString(setting)).Select(limit => (limit.Limit, limit.Key?.Text ?? "", limit.Scope));

    private static MatchInput Input(string data) => MatchInput.OfEvent(RawJson.FromString($$"""{"data":{{data}},"name":"a"}"""), default);

    private static string Refusal(string function) => Assert.Throws<RefusedException>(() =>
        RegistrationReading.Check(RegistrationReading.Parse(Encoding.UTF8.GetBytes(TestApi.Registration(function))), DateTimeOffset.UnixEpoch)).Message;
}
