using CsCheck;
using Stepwell.Protocol.Ids;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Ops as SDKs report them.</summary>
internal static class OpGrammar
{
    private static readonly Gen<JsonTree> s_error = Gen.OneOf(
        """{"name":"Error","message":"boom","stack":"Error: boom\n    at x","__serialized":true}""",
        """{"name":"NonRetriableError","message":"no","stack":"","cause":{"name":"Error","message":"why"},"code":"E1"}""",
        """{"message":"only this"}""",
        "\"just a text\"",
        "{}",
        "null").Select(text => (JsonTree)new JsonTree.Leaf(text));

    private static readonly Gen<JsonTree> s_data = Gen.OneOf("null", "1", "\"x\"", "{\"a\":[1,2]}", "{\"data\":{\"data\":1}}", "[\"\\ud83d\"]").Select(text => (JsonTree)new JsonTree.Leaf(text));

    private static readonly Gen<JsonTree> s_time = Gen.OneOf("1s", "", "1d2h30m", "2027-01-01T00:00:00.000Z", "2020-01-01", "1.5h", "366d", "400d", "tomorrow").Select(JsonTree.Of);

    private static readonly Gen<(string Op, JsonTree? Name, JsonTree? Opts, string? Result)> s_kind = Gen.OneOf<(string, JsonTree?, JsonTree?, string?)>(
        Gen.OneOf<(string, JsonTree?, JsonTree?, string?)>(("StepRun", null, null, "data"), ("Step", null, null, "data"), ("StepPlanned", null, null, null), ("StepError", null, null, "error"), ("StepFailed", null, null, "error"),
            ("RunComplete", null, null, "data"), ("SyncRunComplete", null, null, "data"), ("DiscoveryRequest", null, null, null), ("None", null, null, null), ("StepNotFound", null, null, null), ("Unheard", null, null, null),
            ("DeferAdd", null, JsonTree.Of(("fn_slug", JsonTree.Of("f")), ("input", JsonTree.Null)), null)),
        s_time.Select(time => ("Sleep", (JsonTree?)time, (JsonTree?)null, (string?)null)),
        s_time.Select(time => ("Sleep", (JsonTree?)JsonTree.Of("1s"), (JsonTree?)JsonTree.Of(("duration", time)), (string?)null)),
        Gen.Select(s_time, Gen.OneOf<JsonTree?>(null, JsonTree.Of("event.data.customer == async.data.customer"), JsonTree.Of("async.data.n ==")), (time, condition) =>
            ("WaitForEvent", (JsonTree?)JsonTree.Of("shop/paid"), (JsonTree?)JsonTree.Of(("event", JsonTree.Of("shop/paid")), ("timeout", time), ("if", condition)), (string?)null)),
        Gen.Select(s_time, Gen.OneOf("fail", "replace"), (time, conflict) =>
            ("WaitForSignal", (JsonTree?)null, (JsonTree?)JsonTree.Of(("signal", JsonTree.Of("go")), ("timeout", time), ("conflict", JsonTree.Of(conflict))), (string?)null)),
        Gen.Select(s_time, Gen.OneOf("shop-order", "shop-nobody", ""), (time, function) =>
            ("InvokeFunction", (JsonTree?)null, (JsonTree?)JsonTree.Of(("function_id", JsonTree.Of(function)), ("payload", JsonTree.Of(("data", JsonTree.Of()))), ("timeout", time)), (string?)null)),
        Gen.OneOf("GET", "POST", "", "no method").Select(method =>
            ("Gateway", (JsonTree?)null, (JsonTree?)JsonTree.Of(("url", JsonTree.Of("http://there.example/x")), ("method", JsonTree.Of(method)), ("headers", JsonTree.Of(("x-a", JsonTree.Of("b")))), ("body", JsonTree.Of("x"))), (string?)null)),
        Gen.OneOf("openai-chat", "anthropic", "gemini").Select(format =>
            ("AIGateway", (JsonTree?)null, (JsonTree?)JsonTree.Of(("url", JsonTree.Of("http://there.example/x")), ("auth_key", JsonTree.Of("k")), ("format", JsonTree.Of(format)), ("body", JsonTree.Of())), (string?)null)));

    public static Gen<JsonTree> One { get; } = Gen.Select(Gen.OneOf("a", "b", "c", "d"), s_kind, s_data, s_error, Gen.Bool, (step, kind, data, error, race) => JsonTree.Of(
        ("id", JsonTree.Of(kind.Op == "RunComplete" ? StepKey.Complete.Value : StepKey.Hash(step).Value)),
        ("op", JsonTree.Of(kind.Op)),
        ("name", kind.Name ?? JsonTree.Of(step)),
        ("displayName", JsonTree.Of(step)),
        ("opts", race && kind.Opts is null ? JsonTree.Of(("parallelMode", JsonTree.Of("race")), ("type", JsonTree.Of("step.sendEvent"))) : kind.Opts),
        ("data", kind.Result == "data" ? data : null),
        ("error", kind.Result == "error" ? error : null),
        ("userland", JsonTree.Of(("id", JsonTree.Of(step)))),
        ("timing", JsonTree.Of(("a", new JsonTree.Leaf("1795491803494000000")), ("b", new JsonTree.Leaf("5000000"))))));

    public static Gen<JsonTree> Several { get; } = Gen.OneOf(One.Array[0, 4].Select(ops => JsonTree.ListOf(ops)), One);

    /// <summary>Only steps that have been run.</summary>
    public static Gen<JsonTree> Run { get; } = Gen.Select(Gen.OneOf("a", "b", "c"), s_data, (step, data) => JsonTree.Of(
        ("id", JsonTree.Of(StepKey.Hash(step).Value)), ("op", JsonTree.Of("StepRun")), ("name", JsonTree.Of(step)), ("data", data), ("hashedId", JsonTree.Of("x")), ("fulfilled", new JsonTree.Leaf("true"))));

    /// <summary>The errors that functions throw.</summary>
    public static Gen<JsonTree> Error => s_error;

    /// <summary>What functions return.</summary>
    public static Gen<JsonTree> Data => s_data;
}
