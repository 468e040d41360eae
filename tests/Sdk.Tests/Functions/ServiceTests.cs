using Microsoft.Extensions.DependencyInjection;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Functions;

/// <summary>Services are parameters of the function's lambda, up to five, with and without a result.</summary>
public class ServiceTests
{
    private static readonly FunctionOptions s_options = new("function");

    private readonly TestApp _app = new()
    {
        Services = new ServiceCollection()
            .AddSingleton(new One("1")).AddSingleton(new Two("2")).AddSingleton(new Three("3")).AddSingleton(new Four("4")).AddSingleton(new Five("5"))
            .BuildServiceProvider(),
    };

    private readonly List<string> _seen = [];

    [Fact]
    public async Task No_service_with_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step) => await step.RunAsync("s", () => "0"));

        await RequireAsync("\"0\"");
    }

    [Fact]
    public async Task No_service_without_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step) => await step.RunAsync("s", () => _seen.Add("0")));

        await RequireNothingAsync("0");
    }

    [Fact]
    public async Task One_service_with_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a) => await step.RunAsync("s", () => a.Text));

        await RequireAsync("\"1\"");
    }

    [Fact]
    public async Task One_service_without_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a) => await step.RunAsync("s", () => _seen.Add(a.Text)));

        await RequireNothingAsync("1");
    }

    [Fact]
    public async Task Two_services_with_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a, Two b) => await step.RunAsync("s", () => a.Text + b.Text));

        await RequireAsync("\"12\"");
    }

    [Fact]
    public async Task Two_services_without_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a, Two b) => await step.RunAsync("s", () => _seen.Add(a.Text + b.Text)));

        await RequireNothingAsync("12");
    }

    [Fact]
    public async Task Three_services_with_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a, Two b, Three c) => await step.RunAsync("s", () => a.Text + b.Text + c.Text));

        await RequireAsync("\"123\"");
    }

    [Fact]
    public async Task Three_services_without_a_result()
    {
        _app.Client.CreateFunction(s_options, async (RunContext<Started> _, Step step, One a, Two b, Three c) => await step.RunAsync("s", () => _seen.Add(a.Text + b.Text + c.Text)));

        await RequireNothingAsync("123");
    }

    [Fact]
    public async Task Four_services_with_a_result()
    {
        _app.Client.CreateFunction(
            s_options, async (RunContext<Started> _, Step step, One a, Two b, Three c, Four d) => await step.RunAsync("s", () => a.Text + b.Text + c.Text + d.Text));

        await RequireAsync("\"1234\"");
    }

    [Fact]
    public async Task Four_services_without_a_result()
    {
        _app.Client.CreateFunction(
            s_options, async (RunContext<Started> _, Step step, One a, Two b, Three c, Four d) => await step.RunAsync("s", () => _seen.Add(a.Text + b.Text + c.Text + d.Text)));

        await RequireNothingAsync("1234");
    }

    [Fact]
    public async Task Five_services_with_a_result()
    {
        _app.Client.CreateFunction(
            s_options,
            async (RunContext<Started> _, Step step, One a, Two b, Three c, Four d, Five e) => await step.RunAsync("s", () => a.Text + b.Text + c.Text + d.Text + e.Text));

        await RequireAsync("\"12345\"");
    }

    [Fact]
    public async Task Five_services_without_a_result()
    {
        _app.Client.CreateFunction(
            s_options,
            async (RunContext<Started> _, Step step, One a, Two b, Three c, Four d, Five e) => await step.RunAsync("s", () => _seen.Add(a.Text + b.Text + c.Text + d.Text + e.Text)));

        await RequireNothingAsync("12345");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_an_error_that_names_it()
    {
        _app.Client.CreateFunction(s_options, (RunContext<Started> _, Step step, Uri missing) => step.RunAsync("s", () => missing.Host));

        var answer = await _app.DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Contains("System.Uri", answer.Failure.Message, StringComparison.Ordinal);
    }

    private async Task RequireAsync(string result) => Assert.Equal(result, (await new TestRun(_app).FinishAsync()).Result());

    private async Task RequireNothingAsync(string seen)
    {
        await RequireAsync("null");
        Assert.Equal([seen], _seen);
    }

    private sealed record One(string Text);

    private sealed record Two(string Text);

    private sealed record Three(string Text);

    private sealed record Four(string Text);

    private sealed record Five(string Text);
}
