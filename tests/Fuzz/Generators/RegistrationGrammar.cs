using CsCheck;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Registrations as SDKs send them, with all that a function may ask for.</summary>
internal static class RegistrationGrammar
{
    private static readonly Gen<JsonTree> s_period = Gen.OneOf("1s", "5m", "1h30m", "24h", "7d").Select(JsonTree.Of);

    private static readonly Gen<JsonTree> s_limit = Gen.Int[1, 50].Select(limit => (JsonTree)new JsonTree.Leaf($"{limit}"));

    private static readonly Gen<JsonTree> s_key = Gen.OneOf("event.data.customer", "event.name + event.id").Select(JsonTree.Of);

    private static readonly Gen<JsonTree?> s_trigger = Gen.OneOf<JsonTree?>(
        JsonTree.Of(("event", JsonTree.Of("shop/order"))),
        JsonTree.Of(("event", JsonTree.Of("shop/paid")), ("expression", JsonTree.Of("event.data.amount > 5"))),
        JsonTree.Of(("event", JsonTree.Of("shop/*"))),
        JsonTree.Of(("cron", JsonTree.Of("TZ=Europe/Paris 0 12 * * 5")), ("jitter", JsonTree.Of("30s"))),
        JsonTree.Of(("cron", JsonTree.Of("*/5 * * * *"))));

    private static readonly Gen<JsonTree> s_concurrency = Gen.OneOf(
        s_limit,
        Gen.Select(s_limit, s_key, Gen.OneOf("fn", "env", "account"), (limit, key, scope) => JsonTree.Of(("limit", limit), ("key", key), ("scope", JsonTree.Of(scope)))),
        s_limit.Array[1, 2].Select(limits => JsonTree.ListOf(limits.Select(limit => JsonTree.Of(("limit", limit))))));

    private static readonly Gen<(string Name, JsonTree? Value)> s_setting = Gen.OneOf(
        Named("rateLimit", Gen.Select(s_limit, s_period, s_key, (limit, period, key) => JsonTree.Of(("limit", limit), ("period", period), ("key", key)))),
        Named("throttle", Gen.Select(s_limit, s_period, s_key, (limit, period, key) => JsonTree.Of(("limit", limit), ("period", period), ("burst", limit), ("key", key)))),
        Named("debounce", Gen.Select(s_period, s_key, (period, key) => JsonTree.Of(("period", period), ("key", key), ("timeout", period)))),
        Named("batchEvents", Gen.Select(s_period, s_key, (period, key) => JsonTree.Of(("maxSize", new JsonTree.Leaf("10")), ("timeout", period), ("key", key), ("if", JsonTree.Of("event.data.n > 1"))))),
        Named("concurrency", s_concurrency),
        Named("priority", Gen.Const(JsonTree.Of(("run", JsonTree.Of("event.data.p * 10"))))),
        Named("timeouts", Gen.Select(s_period, s_period, (start, finish) => JsonTree.Of(("start", start), ("finish", finish)))),
        Named("singleton", Gen.Select(s_key, Gen.OneOf("skip", "cancel"), (key, mode) => JsonTree.Of(("key", key), ("mode", JsonTree.Of(mode))))),
        Named("idempotency", s_key),
        Named("cancel", Gen.Select(s_period, (period) => JsonTree.ListOf(JsonTree.Of(("event", JsonTree.Of("shop/cancel")), ("if", JsonTree.Of("async.data.id == event.data.id")), ("timeout", period))))));

    private static readonly Gen<JsonTree> s_function = Gen.Select(Gen.OneOf("shop-order", "shop-mail", "shop-f"), s_trigger.Array[0, 3], s_setting.Array[0, 3], Gen.Int[0, 20], (id, triggers, settings, retries) => JsonTree.Of([
        ("id", JsonTree.Of(id)),
        ("name", JsonTree.Of("A function")),
        ("triggers", JsonTree.ListOf(triggers.OfType<JsonTree>().Distinct())),
        ("steps", JsonTree.Of(("step", JsonTree.Of(
            ("id", JsonTree.Of("step")),
            ("name", JsonTree.Of("step")),
            ("runtime", JsonTree.Of(("type", JsonTree.Of("http")), ("url", JsonTree.Of($"{ExecutorWorld.AppUrl}?fnId={id}&stepId=step")))),
            ("retries", JsonTree.Of(("attempts", new JsonTree.Leaf($"{retries}")))))))),
        .. settings,
    ]));

    public static Gen<JsonTree> OutOfBand { get; } = s_function.Array[0, 3].Select(functions => JsonTree.Of(
        ("url", JsonTree.Of(ExecutorWorld.AppUrl)), ("deployType", JsonTree.Of("ping")), ("framework", JsonTree.Of("express")), ("appName", JsonTree.Of("shop")), ("sdk", JsonTree.Of("js:v4.24.0")), ("v", JsonTree.Of("0.1")),
        ("capabilities", JsonTree.Of(("trust_probe", JsonTree.Of("v1")))), ("functions", JsonTree.ListOf(functions))));

    /// <summary>The answer of an app to a sync in band.</summary>
    public static Gen<JsonTree> InBand { get; } = s_function.Array[0, 3].Select(functions => JsonTree.Of(
        ("app_id", JsonTree.Of("shop")), ("url", JsonTree.Of(ExecutorWorld.AppUrl)), ("framework", JsonTree.Of("express")), ("sdk", JsonTree.Of("js:v4.24.0")), ("inspection", JsonTree.Of()), ("functions", JsonTree.ListOf(functions))));

    private static Gen<(string Name, JsonTree? Value)> Named(string name, Gen<JsonTree> values) => values.Select(value => (name, (JsonTree?)value));
}
