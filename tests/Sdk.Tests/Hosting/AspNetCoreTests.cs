using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.AspNetCore;
using Stepwell.Protocol;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Hosting;

/// <summary>Functions behind ASP.NET Core, over real HTTP.</summary>
public class AspNetCoreTests
{
    // Nobody listens there: registration is not what is tested here.
    private static StepwellClient Client() => new("shop", new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") });

    [Fact]
    public async Task A_run_goes_through_it_from_end_to_end()
    {
        var client = Client();
        client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> run, Step step) =>
        {
            var number = await step.RunAsync("first", () => run.Event.Data.Number);
            return await step.RunAsync("second", () => number + 1);
        });
        await using var app = await HostedApp.StartAsync(client);

        var first = await app.CallAsync(new Call());
        Assert.Equal("StepRun first", first.Reported);
        Assert.StartsWith("stepwell:v", first.Headers[ProtocolHeaders.Sdk], StringComparison.Ordinal);
        Assert.Equal("aspnetcore", first.Headers[ProtocolHeaders.Framework]);
        Assert.Equal("StepRun second", (await app.CallAsync(new Call { Settled = [Settled.With("first", 7)] })).Reported);
        Assert.Equal("8", (await app.CallAsync(new Call { Settled = [Settled.With("first", 7), Settled.With("second", 8)] })).Result());
    }

    [Fact]
    public async Task Get_introspects_and_other_methods_are_not_allowed()
    {
        await using var app = await HostedApp.StartAsync(Client());

        using var get = await app.Http.GetAsync(new Uri("/api/stepwell", UriKind.Relative));
        using var delete = await app.Http.DeleteAsync(new Uri("/api/stepwell", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, get.StatusCode);
        Assert.Equal("application/json", get.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"mode\":\"dev\"", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, delete.StatusCode);
    }

    [Fact]
    public async Task A_body_of_several_mebibytes_is_read_whole()
    {
        var client = Client();
        client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> _, Step step) => (await step.RunAsync("big", () => "")).Length);
        await using var app = await HostedApp.StartAsync(client);

        Assert.Equal("4194302", (await app.CallAsync(new Call { Settled = [Settled.With("big", new string('x', 4_194_302))] })).Result());
    }

    [Fact]
    public async Task Scoped_services_live_as_long_as_the_call_even_when_the_function_is_left_standing()
    {
        var scopes = new List<Scoped>();
        var client = Client();
        client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> _, Step step, Scoped scoped) =>
        {
            scopes.Add(scoped);
            await step.RunAsync("work", () => scoped.IsDisposed);
            await step.SleepAsync("pause", TimeSpan.FromHours(1));
        });
        await using var app = await HostedApp.StartAsync(client, (_, services) => services.AddScoped<Scoped>());

        Assert.Contains("\"data\":false", (await app.CallAsync(new Call())).Body, StringComparison.Ordinal);
        await app.CallAsync(new Call { Settled = [Settled.With("work", false)] });

        Assert.Equal(2, scopes.Distinct().Count());
        foreach (var scoped in scopes)
            await scoped.Disposed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_class_is_added_beside_the_lambdas()
    {
        var client = Client();
        await using var app = await HostedApp.StartAsync(client, (stepwell, services) =>
        {
            services.AddSingleton(new Greeting("Hello"));
            stepwell.AddFunction<Greeter>();
        });

        var answer = await app.CallAsync(new Call { Function = "shop-greeter" });

        Assert.Contains("\"data\":\"Hello, Ada\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_executor_breaks_the_call_off_the_steps_token_fires()
    {
        var began = new TaskCompletionSource();
        var fired = new TaskCompletionSource();
        var client = Client();
        client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => step.RunAsync("slow", async token =>
        {
            await using var registration = token.Register(() => fired.TrySetResult());
            began.SetResult();
            await fired.Task;
        }));
        await using var app = await HostedApp.StartAsync(client);
        using var call = new CancellationTokenSource();

        var answer = app.CallAsync(new Call(), call.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await call.CancelAsync();

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task Mapping_without_the_services_says_what_to_add()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapStepwell("/api/stepwell"));

        Assert.Contains("AddStepwell(client)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_a_missing_signing_key_stops_the_start()
    {
        var client = new StepwellClient("shop", new StepwellOptions { IsDev = false });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => HostedApp.StartAsync(client));

        Assert.Contains("The signing key is missing", exception.Message, StringComparison.Ordinal);
    }

    private sealed class Scoped : IDisposable
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => _disposed.Task;

        public bool IsDisposed => _disposed.Task.IsCompleted;

        public void Dispose() => _disposed.TrySetResult();
    }

    private sealed record Greeting(string Text);

    private sealed class Greeter(Greeting greeting) : IStepFunction<Started, string>
    {
        public static FunctionOptions Options => new("greeter");

        public Task<string> RunAsync(RunContext<Started> run, Step step) => step.RunAsync("greet", () => $"{greeting.Text}, {run.Event.Data.Customer}");
    }
}
