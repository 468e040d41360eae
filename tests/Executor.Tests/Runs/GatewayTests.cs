using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>Requests that the executor makes itself are planned like calls, and keep what they need for it.</summary>
public sealed class GatewayTests
{
    private const string Request = """{"url":"https://example.com"}""";

    public static TheoryData<string> Codes => [OpCode.Gateway, OpCode.AIGateway];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_request_is_planned_and_keeps_its_options(string code) =>
        RunStory.GivenFound(Of(code))
            .ThenPlanned("get", 0, TimeSpan.Zero)
            .ThenDiscoversNothing()
            .Then(run => Assert.Equal((code, Request), (run.Steps[Reported.Key("get")].Op, run.Steps[Reported.Key("get")].Opts.ToString())))
            .WhenRan("get", """{"status_code":200}""")
            .ThenDone("get", """{"data":{"status_code":200}}""")
            .ThenDiscovers(1);

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_request_that_fails_is_tried_again(string code)
    {
        var story = RunStory.GivenFound(Of(code));
        story.WhenCallFailed(story.CallOf("get"), "no route").ThenPlanned("get", 1, TimeSpan.FromSeconds(15)).ThenSends(TimeSpan.FromSeconds(15), ["get"]);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_planned_step_that_turns_out_to_be_a_request_keeps_its_options(string code) =>
        RunStory.GivenFound(Reported.Planned("get"), Reported.Planned("other"))
            .WhenStepReturned("get", Of(code))
            .ThenPlanned("get", 0, TimeSpan.Zero)
            .Then(run => Assert.Equal((code, Request), (run.Steps[Reported.Key("get")].Op, run.Steps[Reported.Key("get")].Opts.ToString())));

    private static Op Of(string code) => code == OpCode.Gateway ? Reported.Gateway("get", Request) : Reported.AIGateway("get", Request);
}
