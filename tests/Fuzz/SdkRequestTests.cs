using System.Text;
using System.Text.Json;
using CsCheck;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Serving;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever is sent to an app of the C# SDK: it is answered as the protocol has it, and nothing is thrown.</summary>
public class SdkRequestTests
{
    private static readonly string[] s_steps = ["one", "two", "three", "pause"];

    private static readonly SdkWorld s_dev = new(isDev: true);

    private static readonly SdkWorld s_cloud = new(isDev: false);

    private static readonly Gen<JsonTree> s_memo = Gen.OneOf("null", "1", "{\"data\":5}", "{\"data\":\"x\"}", "{\"data\":null}", "{\"error\":{\"name\":\"Error\",\"message\":\"boom\"}}", "{\"input\":[1]}", "{\"type\":\"data\",\"data\":1}", "{\"data\":7,\"foo\":1}")
        .Select(text => (JsonTree)new JsonTree.Leaf(text));

    private static readonly Gen<JsonTree> s_calls = Gen.Select(Gen.Int[0, 4], s_memo.Array[4], Gen.Int[0, 5], Gen.OneOf("-1", "1", "2", "3"), EventGrammar.One, Gen.Frequency((30, Gen.Const("false")), (1, Gen.Const("true"))), (settled, memos, attempt, version, happened, fetched) =>
    {
        var keys = s_steps.Take(settled).Select(step => StepKey.Hash(step).Value).ToArray();
        return JsonTree.Of(
            ("ctx", JsonTree.Of(
                ("attempt", new JsonTree.Leaf($"{attempt}")), ("disable_immediate_execution", new JsonTree.Leaf(settled > 2 ? "true" : "false")), ("max_attempts", new JsonTree.Leaf("5")), ("run_id", JsonTree.Of("01M85TDC9C8FAPRGAAWQ6VY3Z0")),
                ("stack", JsonTree.Of(("current", new JsonTree.Leaf($"{settled}")), ("stack", JsonTree.ListOf(keys.Select(JsonTree.Of))))), ("step_id", JsonTree.Of("step")), ("use_api", new JsonTree.Leaf(fetched)))),
            ("event", happened),
            ("events", JsonTree.ListOf(happened)),
            ("steps", JsonTree.Of(keys.Select((key, at) => (key, (JsonTree?)memos[at])))),
            ("use_api", new JsonTree.Leaf("false")),
            ("version", new JsonTree.Leaf(version)));
    });

    private static readonly Gen<JsonTree> s_syncs = Gen.OneOf("http://shop.example/api", "https://x/", "ftp://x", "x", "http://[").Select(url => JsonTree.Of(("url", JsonTree.Of(url))));

    private static readonly Gen<string> s_targets = Gen.Frequency((4, Gen.Const("step")), (2, Gen.OneOf(s_steps).Select(step => StepKey.Hash(step).Value)), (1, AnyText.Any));

    [Fact]
    public async Task Any_call_is_answered_as_the_protocol_has_it()
    {
        var answers = new int[600];
        await Cases.CheckAsync(
            Gen.Select(Bodies.Of(s_calls), Gen.Frequency((9, Gen.Const("shop-order")), (1, AnyText.Any)), s_targets, Gen.Frequency((3, Gen.Const("")), (1, AnyText.Any))),
            async input =>
            {
                var (body, function, target, version) = input;

                var answer = await s_dev.AskAsync(
                    "POST", body, name => name switch { "fnId" => function, "stepId" => target, _ => null }, name => name == ProtocolHeaders.RequestVersion && version.Length > 0 ? version : null);

                Interlocked.Increment(ref answers[answer.Status]);
                RequireProper(answer, body);
            },
            input => $"fnId={Printable.Of(input.Item2)}&stepId={Printable.Of(input.Item3)}, version {Printable.Of(input.Item4)}\n{Printable.Of(input.Item1)}");

        Assert.True(!Cases.AreMany || (answers[206] > 50 && answers[500] > 50), $"{answers[200]} returned, {answers[206]} reported, {answers[500]} refused");
    }

    [Fact]
    public async Task Any_request_to_an_app_with_keys_is_unauthorized_unless_it_is_signed() => await Cases.CheckAsync(
        Gen.Select(
            Gen.Frequency((8, Gen.OneOf("POST", "GET", "PUT")), (1, AnyText.Any)),
            Gen.OneOf(Bodies.Of(s_calls), Bodies.Of(s_syncs)),
            Gen.Frequency((3, Gen.Const("right")), (3, AnyText.Mutated(Gen.Const("t=1795507200&s=b9fb70338d85e656689754b216a0cbd53ea8610a50d825a8fc8d5dce8a33f174"))), (1, AnyText.Random)),
            Gen.OneOf("trust", "other", "")),
        async input =>
        {
            var (method, body, signature, probe) = input;
            var header = signature == "right" ? SdkWorld.Keys[body.Length % 2].Sign(body, s_cloud.Time.GetUtcNow()) : signature;

            var answer = await s_cloud.AskAsync(
                method,
                body,
                name => name switch { "fnId" => "shop-order", "stepId" => "step", "probe" when probe.Length > 0 => probe, _ => null },
                name => name switch { ProtocolHeaders.Signature => header, ProtocolHeaders.SyncKind => "in_band", _ => null });

            var isRight = SdkWorld.Keys.Any(key => key.Verify(body, header, s_cloud.Time.GetUtcNow()) == SignatureCheck.Valid);
            Assert.Equal(!isRight, answer.Status == 401);
            RequireProper(answer, body);
            if (isRight)
                Assert.Contains(SdkWorld.Keys, key => key.Verify(answer.Body.Span, answer.Headers[ProtocolHeaders.Signature], s_cloud.Time.GetUtcNow()) == SignatureCheck.Valid);
        },
        input => $"{Printable.Of(input.Item1)}, probe {input.Item4}, signature {Printable.Of(input.Item3)}\n{Printable.Of(input.Item2)}");

    private static void RequireProper(ServeResponse answer, ReadOnlySpan<byte> call)
    {
        Assert.True(answer.Status is 200 or 206 or 400 or 401 or 405 or 500, $"{answer.Status}");
        Assert.Equal(answer.Status != 401, answer.Headers.ContainsKey(ProtocolHeaders.Sdk));
        if (answer.Body.IsEmpty)
        {
            Assert.Equal(200, answer.Status);
            return;
        }

        using var json = JsonDocument.Parse(answer.Body, ProtocolJson.DocumentOptions);
        if (answer.Status == 206)
            Assert.NotNull(JsonSerializer.Deserialize(answer.Body.Span, ProtocolJson.Default.IReadOnlyListOp));
        else if (answer.Status >= 400)
        {
            // A run that fails with the error of one of its steps fails with it as the call has it, be it ever so poor.
            var says = json.RootElement.ValueKind == JsonValueKind.Object ? LenientText.Member(json.RootElement, "message") ?? LenientText.Member(json.RootElement, "error") : null;
            Assert.True(
                (says is { } text && !string.IsNullOrWhiteSpace(LenientText.Of(text))) || call.IndexOf((byte[])[.. "\"error\":"u8, .. answer.Body.Span]) >= 0, Encoding.UTF8.GetString(answer.Body.Span));
        }
    }
}
