using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class CallRequestTests
{
    private static readonly StepKey s_step = StepKey.Hash("a");

    [Fact]
    public async Task A_call_carries_the_run_as_canonical_json()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();
        var run = TestCaller.NewRun("""{"mail":"ä 😀","n":1}""") with
        {
            Version = 2,
            ImmediateExecutionOff = true,
            Stack = [StepKey.Hash("b"), s_step],
        };
        run = run with
        {
            Steps = run.Steps.Add(s_step, Done("a", new Memo.Data(RawJson.FromString("[1]")), 1)).Add(StepKey.Hash("b"), Done("b", Memo.Nothing, 0)),
        };

        await caller.CallAsync(app.Url, StepKey.Hash("c"), run, attempt: 3);

        var request = Assert.Single(app.Requests);
        using var body = JsonDocument.Parse(request.Body);
        var id = body.RootElement.GetProperty("ctx").GetProperty("request_id").GetString()!;
        Assert.True(Ulid.TryParse(id, out _));
        const string Event = """{"data":{"mail":"ä 😀","n":1},"id":"mine","name":"a","ts":1,"user":{}}""";
        Assert.Equal(
            $$$"""{"ctx":{"attempt":3,"disable_immediate_execution":true,"env":"","generation_id":4,"job_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV.{{{StepKey.Hash("c")}}}","max_attempts":5,"request_id":"{{{id}}}","run_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","stack":{"current":2,"stack":["{{{StepKey.Hash("b")}}}","{{{s_step}}}"]},"step_id":"step","use_api":false},"event":{{{Event}}},"events":[{{{Event}}}],"steps":{"{{{s_step}}}":{"data":[1]},"{{{StepKey.Hash("b")}}}":null},"use_api":false,"version":2}""",
            request.Text);
        Assert.Equal(CanonicalJson.Canonicalize(request.Body).ToString(), request.Text);
        // Its presence would invite the app to checkpoint.
        Assert.False(body.RootElement.GetProperty("ctx").TryGetProperty("fn_id", out _));
    }

    [Fact]
    public async Task A_job_keeps_its_id_over_its_attempts_and_each_dispatch_of_it_is_numbered()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();
        var run = TestCaller.NewRun();

        await caller.CallAsync(app.Url, run: run);
        await caller.CallAsync(app.Url, run: run with { Discovery = run.Discovery! with { Attempt = 1, Dispatch = 2 } }, attempt: 1);
        await caller.CallAsync(app.Url, run: run with { Discovery = run.Discovery! with { Number = 1 } });

        var jobs = app.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("ctx"))
            .Select(context => (context.GetProperty("job_id").GetString()!, context.GetProperty("generation_id").GetInt32()));
        Assert.Equal([("01ARZ3NDEKTSV4RRFFQ69G5FAV.0", 1), ("01ARZ3NDEKTSV4RRFFQ69G5FAV.0", 3), ("01ARZ3NDEKTSV4RRFFQ69G5FAV.1", 1)], jobs);
        Assert.Equal(jobs, app.Requests.Select(request => (request.Headers["x-inngest-job-id"], int.Parse(request.Headers["x-inngest-generation-id"], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task The_headers_of_a_call_say_whose_it_is()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();

        await caller.CallAsync(app.Url, s_step);

        var request = Assert.Single(app.Requests);
        Assert.Equal($"POST /api/stepwell?fnId=shop-f&stepId={s_step} HTTP/1.1", request.Line);
        Assert.Equal("application/json", request.Headers["content-type"]);
        Assert.Equal("01ARZ3NDEKTSV4RRFFQ69G5FAV", request.Headers["x-run-id"]);
        Assert.Equal(s_step.Value, request.Headers["x-inngest-step-id"]);
        Assert.Equal("-1", request.Headers["x-inngest-req-version"]);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal(body.RootElement.GetProperty("ctx").GetProperty("request_id").GetString(), request.Headers["x-request-id"]);
        Assert.Equal(-1, body.RootElement.GetProperty("version").GetInt32());
        Assert.Contains("gzip", request.Headers["accept-encoding"], StringComparison.Ordinal);
        Assert.Contains("br", request.Headers["accept-encoding"], StringComparison.Ordinal);
        Assert.False(request.Headers.ContainsKey("x-inngest-signature"));
    }

    [Fact]
    public async Task Each_call_has_a_request_id_of_its_own_and_the_version_that_the_run_is_pinned_to()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();

        await caller.CallAsync(app.Url, run: TestCaller.NewRun() with { Version = 1 });
        await caller.CallAsync(app.Url, run: TestCaller.NewRun() with { Version = 1 });

        Assert.Equal(2, app.Requests.Select(request => request.Headers["x-request-id"]).Distinct().Count());
        Assert.All(app.Requests, request => Assert.Equal("1", request.Headers["x-inngest-req-version"]));
    }

    [Fact]
    public async Task With_keys_the_bytes_that_are_sent_are_signed_with_the_primary_one()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        var primary = SigningKey.Parse("signkey-test-12345678abcdef00");
        var fallback = SigningKey.Parse("signkey-test-00fedcba87654321");
        using var caller = new TestCaller(new EngineOptions { SigningKeys = new SigningKeys(primary, fallback) });

        await caller.CallAsync(app.Url);

        var request = Assert.Single(app.Requests);
        var signature = request.Headers["x-inngest-signature"];
        Assert.StartsWith($"t={caller.Time.GetUtcNow().ToUnixTimeSeconds()}&s=", signature, StringComparison.Ordinal);
        Assert.Equal(SignatureCheck.Valid, primary.Verify(request.Body, signature, caller.Time.GetUtcNow()));
        Assert.Equal(SignatureCheck.Mismatch, fallback.Verify(request.Body, signature, caller.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData(3_900_000, false)]
    [InlineData(4_300_000, true)]
    public async Task State_beyond_four_mebibytes_is_left_for_the_app_to_fetch(int bytes, bool fetched)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();
        var run = TestCaller.NewRun() with
        {
            Stack = [s_step],
            StateBytes = bytes,
        };
        run = run with { Steps = run.Steps.Add(s_step, Done("a", new Memo.Data(RawJson.FromString($"\"{new string('x', bytes - 2)}\"")), 0)) };

        await caller.CallAsync(app.Url, run: run);

        var request = Assert.Single(app.Requests);
        Assert.InRange(request.Body.Length, 0, 4 * 1024 * 1024);
        using var body = JsonDocument.Parse(request.Body);
        Assert.Equal(fetched, body.RootElement.GetProperty("use_api").GetBoolean());
        Assert.Equal(fetched, body.RootElement.GetProperty("ctx").GetProperty("use_api").GetBoolean());
        Assert.Equal(fetched ? 0 : 1, body.RootElement.GetProperty("steps").EnumerateObject().Count());
        Assert.Equal(fetched ? 0 : 1, body.RootElement.GetProperty("events").GetArrayLength());
        // The event and the order of the steps go along in either case.
        Assert.Equal("mine", body.RootElement.GetProperty("event").GetProperty("id").GetString());
        Assert.Equal(1, body.RootElement.GetProperty("ctx").GetProperty("stack").GetProperty("current").GetInt32());
    }

    [Fact]
    public async Task Many_steps_of_little_state_count_as_large_when_their_frame_is()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();
        var keys = Enumerable.Range(0, 1_000).Select(step => StepKey.Hash($"{step}")).ToList();
        var run = TestCaller.NewRun() with { Stack = [.. keys], StateBytes = 1_000 * 4_090 };
        var memo = RawJson.FromString($"\"{new string('x', 4_088)}\"");
        run = run with { Steps = run.Steps.AddRange(keys.Select((key, at) => KeyValuePair.Create(key, Done($"{at}", new Memo.Data(memo), at)))) };

        await caller.CallAsync(app.Url, run: run);

        Assert.InRange(Assert.Single(app.Requests).Body.Length, 0, 4 * 1024 * 1024);
    }

    private static Step Done(string name, Memo memo, int order) => new()
    {
        Key = StepKey.Hash(name),
        Name = name,
        Op = "StepRun",
        Index = order,
        Origin = MessageId.Start,
        CreatedAt = default,
        State = new StepState.Done(memo, order, default),
    };
}
