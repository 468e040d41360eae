using System.Text;

namespace Stepwell.Executor.Tests.Api;

public sealed class RegistrationApiTests
{
    [Fact]
    public async Task A_registration_is_taken_once_and_recognised_when_it_comes_again()
    {
        await using var api = new TestApi();
        var body = TestApi.Registration(TestApi.Function("shop-a", "a"));

        var first = await api.PostAsync("/fn/register", body);
        var savedAt = Assert.Single((await api.Storage.Apps.ReadAsync(CancellationToken.None)).Apps).RegisteredAt;
        api.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await api.PostAsync("/fn/register?deployId=7", body);
        var changed = await api.PostAsync("/fn/register", TestApi.Registration(TestApi.Function("shop-a", "b")));

        Assert.Equal((200, """{"ok":true,"modified":true}"""), (first.Status, first.Text));
        Assert.Equal((200, """{"ok":true,"modified":false}"""), (again.Status, again.Text));
        Assert.Equal((200, """{"ok":true,"modified":true}"""), (changed.Status, changed.Text));
        Assert.Equal(savedAt + TimeSpan.FromMinutes(1), Assert.Single((await api.Storage.Apps.ReadAsync(CancellationToken.None)).Apps).RegisteredAt);
    }

    [Fact]
    public async Task A_function_that_only_others_invoke_has_no_triggers()
    {
        await using var api = new TestApi();

        var answer = await api.PostAsync("/fn/register", TestApi.Registration(TestApi.Function("shop-a", "a").Replace("[{\"event\":\"a\"}]", "[]", StringComparison.Ordinal)));

        Assert.Equal(200, answer.Status);
        Assert.Equal("shop-a", (await api.GetAsync("/dev")).Json.GetProperty("functions")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_registration_is_in_force_for_the_next_event()
    {
        await using var api = new TestApi();
        await api.PostAsync("/e/any", """{"name":"a"}""");

        await api.RegisterAsync("a");

        var id = (await api.PostAsync("/e/any", """{"name":"a"}""")).Ids[0];
        Assert.Single((await api.GetAsync($"/v1/events/{id}/runs")).Data.EnumerateArray());
    }

    [Fact]
    public async Task An_app_that_registers_no_functions_has_none_left()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("a");

        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration(""))).Status);

        var id = (await api.PostAsync("/e/any", """{"name":"a"}""")).Ids[0];
        Assert.Empty((await api.GetAsync($"/v1/events/{id}/runs")).Data.EnumerateArray());
    }

    [Theory]
    [InlineData("app/user.created", "app/user.created", true)]
    [InlineData("app/*", "app/user.created", true)]
    [InlineData("app/user.*", "app/user.created", true)]
    [InlineData("app/user.*", "app/users", false)]
    [InlineData("app/*", "other/user", false)]
    [InlineData("App/user.created", "app/user.created", false)]
    public async Task A_trigger_may_end_in_a_star(string trigger, string eventName, bool starts)
    {
        await using var api = new TestApi();
        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration(TestApi.Function("shop-f", trigger)))).Status);

        var id = (await api.PostAsync("/e/any", $$"""{"name":"{{eventName}}"}""")).Ids[0];

        Assert.Equal(starts ? 1 : 0, (await api.GetAsync($"/v1/events/{id}/runs")).Data.GetArrayLength());
    }

    [Fact]
    public async Task The_development_page_names_the_functions()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("a", "b");

        var dev = await api.GetAsync("/dev");

        Assert.Equal(200, dev.Status);
        Assert.Equal(["shop-a", "shop-b"], dev.Json.GetProperty("functions").EnumerateArray().Select(function => function.GetProperty("id").GetString()));
        Assert.Matches(@"^\d+\.\d+\.\d+$", dev.Json.GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("dev", 200)]
    [InlineData("cloud", 400)]
    public async Task An_app_that_expects_another_kind_of_server_is_refused(string expected, int status)
    {
        await using var api = new TestApi();

        var answer = await api.PostAsync("/fn/register", TestApi.Registration(""), ("x-inngest-expected-server-kind", expected));

        Assert.Equal(status, answer.Status);
        if (status == 400)
            Assert.Equal("""{"error":"Expected server kind cloud, got dev","status":400}""", answer.Text);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", "cannot be read as a registration" },
        { "null", "The body is null" },
        { "[]", "cannot be read as a registration" },
        { """{"functions":7}""", "at functions" },
        { TestApi.Registration("", app: ""), "appName is missing or empty" },
        { TestApi.Registration("", app: new string('a', 256)), "appName has 256 characters" },
        { TestApi.Registration("", url: "/api/stepwell"), "url is '/api/stepwell'; it must be an absolute http or https URL." },
        { TestApi.Registration("", url: "ftp://host/x"), "url is 'ftp://host/x'" },
        { TestApi.Registration("", url: "http://169.254.169.254/x"), "url is 'http://169.254.169.254/x'; apps are not called at link-local or metadata addresses." },
        { TestApi.Registration("", url: "http://2852039166/x"), "link-local or metadata" },
        { TestApi.Registration("", url: "http://[fe80::1]/x"), "link-local or metadata" },
        { TestApi.Registration("", url: "http://[::ffff:169.254.1.1]/x"), "link-local or metadata" },
        { TestApi.Registration("", url: "http://metadata.google.internal/x"), "link-local or metadata" },
        { TestApi.Registration("null"), "functions[0] is null" },
        { TestApi.Registration(TestApi.Function("", "a")), "functions[0].id is ''" },
        { TestApi.Registration(TestApi.Function(new string('f', 256), "a")), "it must have 1 to 255 characters" },
        { TestApi.Registration(Changed("\"name\":\"shop-f\"", "\"name\":\"\"")), "functions[0] ('shop-f').name is missing or empty" },
        { TestApi.Registration(Changed("\"name\":\"shop-f\",", "")), "functions[0] ('shop-f').name is missing or empty" },
        { TestApi.Registration($"{TestApi.Function("shop-f", "a")},{TestApi.Function("shop-f", "b")}"), "functions[1].id is 'shop-f', which another function of this app has too" },
        { TestApi.Registration(Changed("\"triggers\":[{\"event\":\"a\"}],", "")), "functions[0] ('shop-f').triggers is missing" },
        { TestApi.Registration(Changed("[{\"event\":\"a\"}]", "[null]")), "triggers[0] must name either an event or a cron schedule" },
        { TestApi.Registration(Changed("[{\"event\":\"a\"}]", "[{}]")), "triggers[0] must name either an event or a cron schedule" },
        { TestApi.Registration(Changed("[{\"event\":\"a\"}]", "[{\"event\":\"a\",\"cron\":\"* * * * *\"}]")), "triggers[0] must name either an event or a cron schedule" },
        { TestApi.Registration(Changed("[{\"event\":\"a\"}]", "[{\"event\":\"a\"},{\"event\":\"a\"}]")), "triggers[1] repeats an earlier trigger ('a')" },
        { TestApi.Registration(Changed("[{\"event\":\"a\"}]", $"[{string.Join(',', Enumerable.Range(0, 11).Select(n => $"{{\"event\":\"e{n}\"}}"))}]")), "triggers has 11 entries; the most is 10." },
        { TestApi.Registration(TestApi.Function("shop-f", new string('e', 256))), "event has 256 characters" },
        { TestApi.Registration(TestApi.Function("shop-f", "a*")), "triggers[0].event is 'a*'; '*' may stand only at the end, after '/' or '.'." },
        { TestApi.Registration(TestApi.Function("shop-f", "*")), "triggers[0].event is '*'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a/*/b")), "triggers[0].event is 'a/*/b'" },
        { TestApi.Registration(Changed(TestApi.AppUrl, "stepwell")), "functions[0] ('shop-f').steps.step.runtime.url is 'stepwell?fnId=shop-f&stepId=step'; it must be an absolute http or https URL." },
        { TestApi.Registration(Changed(TestApi.AppUrl, "http://169.254.169.254/")), "steps.step.runtime.url is 'http://169.254.169.254/" },
        { TestApi.Registration(Changed("\"type\":\"http\"", "\"type\":\"ws\"")), "runtime.type is 'ws'; only 'http' is served." },
        { TestApi.Registration(Changed("\"runtime\"", "\"other\"")), "runtime.type is ''" },
        { TestApi.Registration(Changed("\"steps\"", "\"other\"")), "steps must hold exactly one endpoint" },
        { TestApi.Registration(Changed("\"runtime\"", "\"retries\":{\"attempts\":21},\"runtime\"")), "retries.attempts is 21; it must be 0 to 20." },
        { TestApi.Registration(Changed("\"runtime\"", "\"retries\":{\"attempts\":-1},\"runtime\"")), "retries.attempts is -1" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","throttle":{"limit":5,"period":"soon"}""")), "functions[0] ('shop-f').throttle.period is 'soon', which is no duration" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","throttle":{"limit":5,"period":"1h\ud83d"}""")), "throttle.period is '1h" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","debounce":{"period":"1 hour"}""")), "debounce.period is '1 hour'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","rateLimit":{"limit":1,"period":5}""")), "rateLimit.period is '5'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","batchEvents":{"maxSize":10,"timeout":"x"}""")), "batchEvents.timeout is 'x'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","timeouts":{"start":"-1s"}""")), "timeouts.start is '-1s'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","cancel":[{"event":"c","timeout":"?"}]""")), "cancel[0].timeout is '?'" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","throttle":7""")), "throttle is 7; it must be an object." },
        { TestApi.Registration(Changed("{\"event\":\"a\"}", "{\"event\":\"a\",\"expression\":\"events.data.v == 1\"}")), "triggers[0].expression is 'events.data.v == 1': unknown variable 'events' at column 1" },
        { TestApi.Registration(Changed("{\"event\":\"a\"}", "{\"cron\":\"0 12 * *\"}")), "functions[0] ('shop-f').cron is '0 12 * *': '0 12 * *' is no schedule" },
        { TestApi.Registration(TestApi.Function("shop-f", "a", ""","concurrency":[1,2,3]""")), "functions[0] ('shop-f').concurrency has 3 limits; the most is 2." },
    };

    [Fact]
    public async Task What_is_not_UTF_8_is_refused()
    {
        await using var api = new TestApi();
        var body = Encoding.UTF8.GetBytes(TestApi.Registration(TestApi.Function("shop-f", "a", ""","throttle":{"limit":"?"}""")));
        body[body.AsSpan().IndexOf("?\"}"u8)] = 0xff;

        var answer = await api.SendAsync("POST", "/fn/register", body);

        Assert.Equal((400, "The body cannot be read as a registration: The text is not UTF-8."), (answer.Status, answer.Error));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_is_refused_with_a_sentence_and_the_earlier_registration_stays(string body, string sentence)
    {
        await using var api = new TestApi();
        await api.RegisterAsync("before");

        var answer = await api.PostAsync("/fn/register", body);

        Assert.True(answer.Status == 400, answer.Text);
        Assert.Equal(400, answer.Json.GetProperty("status").GetInt32());
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        var app = Assert.Single((await api.Storage.Apps.ReadAsync(CancellationToken.None)).Apps);
        Assert.Equal("shop-before", Assert.Single(app.Functions).Id);
    }

    [Theory]
    [InlineData("\"sdk\":\"test:v1\"", "\"sdk\":null")]
    [InlineData("\"framework\":\"test\"", "\"framework\":null")]
    [InlineData("\"v\":\"0.1\"", "\"v\":\"0.1\",\"featureObservations\":{\"x\":[1]},\"junk\":true")]
    [InlineData("\"deployType\":\"ping\",", "")]
    public async Task What_an_sdk_leaves_out_or_adds_does_no_harm(string part, string instead)
    {
        await using var api = new TestApi();
        var body = TestApi.Registration(TestApi.Function("shop-f", "a")).Replace(part, instead, StringComparison.Ordinal);

        Assert.Equal(200, (await api.PostAsync("/fn/register", body)).Status);

        var app = Assert.Single((await api.Storage.Apps.ReadAsync(CancellationToken.None)).Apps);
        Assert.NotNull(app.Sdk);
    }

    private static string Changed(string part, string instead)
    {
        var function = TestApi.Function("shop-f", "a");
        Assert.Contains(part, function, StringComparison.Ordinal);
        return function.Replace(part, instead, StringComparison.Ordinal);
    }
}
