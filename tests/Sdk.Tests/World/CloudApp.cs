using Stepwell.Protocol;

namespace Stepwell.Sdk.Tests.World;

/// <summary>An app in production, with two signing keys and a function of one step.</summary>
internal static class CloudApp
{
    public static readonly StepwellOptions Options = new()
    {
        IsDev = false,
        BaseUrl = new Uri("http://127.0.0.1:1"),
        EventKey = "event-key",
        SigningKey = Keys.Primary,
        SigningKeyFallback = Keys.Fallback,
    };

    public static TestApp Make(StepwellOptions? options = null)
    {
        var app = new TestApp(options ?? Options);
        app.Client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => step.RunAsync("work", () => 1));
        return app;
    }

    public static Request Call() => new("POST", new Call().Body()) { Query = new() { ["fnId"] = "shop-function", ["stepId"] = "step" } };

    public static Request SignedWith(this Request request, string key, TimeProvider time)
    {
        request.Headers[ProtocolHeaders.Signature] = Keys.Of(key).Sign(request.Body, time.GetUtcNow());
        return request;
    }
}
