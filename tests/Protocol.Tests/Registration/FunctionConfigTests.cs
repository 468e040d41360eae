using System.Text.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Protocol.Tests.Json;

namespace Stepwell.Protocol.Tests.Registration;

public class FunctionConfigTests
{
    private const string Everything = """
        {"id":"cap-fat","name":"Fat","triggers":[{"event":"x/a","expression":"event.data.v == 1"},{"event":"x/*"},{"cron":"TZ=Europe/Paris 0 12 * * 5","jitter":"30s"}],
         "steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"http://localhost/api?fnId=cap-fat&stepId=step"},"retries":{"attempts":7}}},
         "idempotency":"event.data.cart","rateLimit":{"limit":1,"period":"4h","key":"k"},"throttle":{"limit":5,"period":"1m","burst":2},
         "debounce":{"period":"1s","timeout":"10s"},"batchEvents":{"maxSize":10,"timeout":"5s"},"concurrency":[{"limit":3,"key":"k","scope":"env"},{"limit":4}],
         "priority":{"run":"event.data.p * 10"},"timeouts":{"start":"10s","finish":"1h"},"singleton":{"mode":"skip"},"cancel":[{"event":"x/c","timeout":"30m"}]}
        """;

    [Fact]
    public void Everything_that_an_SDK_can_say_of_a_function_is_read_and_printed()
    {
        Assert.Equal(Canonical.Of(Everything), Canonical.Of(JsonSerializer.Serialize(Read(Everything), ProtocolJson.Default.FunctionConfig)));
    }

    [Fact]
    public void Triggers_and_the_endpoint_are_understood()
    {
        var function = Read(Everything);

        Assert.Equal(
            [new TriggerConfig { Event = "x/a", Expression = "event.data.v == 1" }, new TriggerConfig { Event = "x/*" }, new TriggerConfig { Cron = "TZ=Europe/Paris 0 12 * * 5", Jitter = "30s" }],
            function.Triggers);
        Assert.Equal(
            new StepConfig("step", "step", new RuntimeConfig("http", "http://localhost/api?fnId=cap-fat&stepId=step"), new RetriesConfig(7)),
            function.Steps!["step"]);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("""{"limit":3,"scope":"fn"}""")]
    [InlineData("""[{"limit":3},{"limit":2}]""")]
    [InlineData("""{"fn":[{"limit":1}],"step":[]}""")]
    public void Concurrency_may_have_any_shape(string concurrency)
    {
        Assert.Equal(concurrency, Read($$"""{"id":"a-b","name":"b","concurrency":{{concurrency}} }""").Concurrency!.Value.ToString());
    }

    [Fact]
    public void A_function_without_triggers_or_retries_is_read()
    {
        var function = Read("""{"id":"a-b","name":"b","triggers":[],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"ws"}}},"checkpoint":{"batch_steps":1}}""");

        Assert.Empty(function.Triggers!);
        Assert.Null(function.Steps!["step"].Retries);
        Assert.Equal(new RuntimeConfig("ws", null), function.Steps["step"].Runtime);
    }

    [Fact]
    public void What_is_not_set_is_not_printed()
    {
        var function = new FunctionConfig
        {
            Id = "a-b",
            Name = "b",
            Triggers = [new TriggerConfig { Event = "x" }],
            Steps = new Dictionary<string, StepConfig> { ["step"] = new("step", "step", new RuntimeConfig("http", "http://localhost/?fnId=a-b")) },
        };

        Assert.Equal(
            """{"id":"a-b","name":"b","triggers":[{"event":"x"}],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"http://localhost/?fnId=a-b"}}}}""",
            JsonSerializer.Serialize(function, ProtocolJson.Default.FunctionConfig));
    }

    [Fact]
    public void An_app_without_functions_is_a_registration()
    {
        var registration = JsonSerializer.Deserialize("""{"url":"http://localhost/","appName":"a","sdk":"js:v4","functions":[]}""", ProtocolJson.Default.RegisterRequest)!;

        Assert.Empty(registration.Functions!);
        Assert.Equal(("a", "http://localhost/"), (registration.AppName, registration.Url));
    }

    private static FunctionConfig Read(string json) => JsonSerializer.Deserialize(json, ProtocolJson.Default.FunctionConfig)!;
}
