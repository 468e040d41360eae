using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stepwell.Protocol;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

/// <summary>In production an app answers only the executor, and signs what it answers.</summary>
public class SignatureTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private readonly TestApp _app = CloudApp.Make();

    [Fact]
    public async Task A_signed_call_is_answered_and_the_answer_is_signed()
    {
        var answer = await _app.HandleAsync(CloudApp.Call().SignedWith(Keys.Primary, _app.Time));

        Assert.Equal("StepRun work", answer.Reported);
        Assert.Equal(SignatureCheck.Valid, Check(answer, Keys.Primary));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Without_a_signature_nothing_is_answered_but_401(string method)
    {
        var answer = await _app.HandleAsync(CloudApp.Call() with { Method = method });

        Refused(answer);
    }

    [Fact]
    public async Task A_foreign_key_is_refused() => Refused(await _app.HandleAsync(CloudApp.Call().SignedWith(Keys.Foreign, _app.Time)));

    [Fact]
    public async Task Another_body_than_the_signed_one_is_refused()
    {
        var signed = CloudApp.Call().SignedWith(Keys.Primary, _app.Time);

        Refused(await _app.HandleAsync(signed with { Body = new Call { Attempt = 1 }.Body() }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s=1&t=2")]
    [InlineData("t=1795491803&s=zz")]
    public async Task What_is_no_signature_is_refused(string signature)
    {
        var request = CloudApp.Call();
        request.Headers[ProtocolHeaders.Signature] = signature;

        Refused(await _app.HandleAsync(request));
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(-299, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public async Task A_signature_holds_for_five_minutes_either_way(int seconds, bool holds)
    {
        var request = CloudApp.Call();
        request.Headers[ProtocolHeaders.Signature] = Keys.Of(Keys.Primary).Sign(request.Body, _app.Time.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(holds ? 206 : 401, (await _app.HandleAsync(request)).Status);
    }

    [Fact]
    public async Task The_key_that_is_being_rotated_out_is_taken_and_signs_the_answer()
    {
        var answer = await _app.HandleAsync(CloudApp.Call().SignedWith(Keys.Fallback, _app.Time));

        Assert.Equal(206, answer.Status);
        Assert.Equal(SignatureCheck.Valid, Check(answer, Keys.Fallback));
        Assert.Equal(SignatureCheck.Mismatch, Check(answer, Keys.Primary));
    }

    [Fact]
    public async Task A_body_that_a_proxy_has_laid_out_anew_is_still_the_signed_one()
    {
        var signed = CloudApp.Call().SignedWith(Keys.Primary, _app.Time);
        var indented = JsonNode.Parse(signed.Body)!.ToJsonString(s_indented);

        Assert.Equal(206, (await _app.HandleAsync(signed with { Body = Encoding.UTF8.GetBytes(indented) })).Status);
    }

    [Fact]
    public async Task A_signature_over_something_that_is_no_json_still_counts()
    {
        var answer = await _app.HandleAsync((CloudApp.Call() with { Body = "<html>"u8.ToArray() }).SignedWith(Keys.Primary, _app.Time));

        Assert.Equal(500, answer.Status);
        Assert.Equal(SignatureCheck.Valid, Check(answer, Keys.Primary));
    }

    [Fact]
    public async Task In_development_nothing_needs_a_signature()
    {
        var answer = await TestApp.Serving((_, _) => Task.FromResult(1)).DiscoverAsync();

        Assert.Equal("1", answer.Result());
        Assert.False(answer.Headers.ContainsKey(ProtocolHeaders.Signature));
    }

    [Fact]
    public void In_production_an_app_without_a_key_does_not_start() =>
        Assert.Contains(
            "INNGEST_SIGNING_KEY",
            Assert.Throws<InvalidOperationException>(() => new TestApp(new StepwellOptions { IsDev = false })).Message,
            StringComparison.Ordinal);

    private static void Refused(Answer answer)
    {
        Assert.Equal(401, answer.Status);
        Assert.Equal("""{"message":"Unauthorized"}""", answer.Body);
        Assert.Equal(new Dictionary<string, string> { [ProtocolHeaders.SdkHandled] = "true" }, answer.Headers);
    }

    private SignatureCheck Check(Answer answer, string key) =>
        Keys.Of(key).Verify(Encoding.UTF8.GetBytes(answer.Body), answer.Headers[ProtocolHeaders.Signature], _app.Time.GetUtcNow());
}
