using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Sdk.Serving;

namespace Stepwell.Sdk.Tests.World;

/// <summary>An app whose serve handler is called without a web server.</summary>
internal sealed class TestApp
{
    public static readonly Uri Endpoint = new("http://shop.example/api/stepwell");

    // Nobody listens there: a test that reaches an executor says which.
    private static readonly StepwellOptions s_dev = new() { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") };

    private readonly ServeHandler _handler;

    public TestApp(StepwellOptions? options = null)
        : this(new StepwellClient("shop", options ?? s_dev))
    {
    }

    public TestApp(StepwellClient client)
    {
        Client = client;
        _handler = new ServeHandler(client, "test", Time, Log);
    }

    public StepwellClient Client { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    public KeptLog Log { get; } = new();

    public IServiceProvider Services { get; init; } = new ServiceCollection().BuildServiceProvider();

    /// <summary>An app with one function, <c>shop-function</c>.</summary>
    public static TestApp Serving<TOut>(Func<RunContext<Started>, Step, Task<TOut>> body)
    {
        var app = new TestApp();
        app.Client.CreateFunction(new FunctionOptions("function"), body);
        return app;
    }

    /// <inheritdoc cref="Serving{TOut}"/>
    public static TestApp Serving(Func<RunContext<Started>, Step, Task> body)
    {
        var app = new TestApp();
        app.Client.CreateFunction(new FunctionOptions("function"), body);
        return app;
    }

    /// <summary>Asks the function to go on, with these steps settled in this order.</summary>
    public Task<Answer> DiscoverAsync(params Settled[] settled) => CallAsync(new Call { Settled = settled });

    /// <summary>Asks for one step.</summary>
    public Task<Answer> RunStepAsync(string step, params Settled[] settled) => CallAsync(new Call { Step = step, Settled = settled, PlansOnly = true });

    public Task<Answer> CallAsync(Call call, CancellationToken cancellationToken = default) => HandleAsync(
        new Request("POST", call.Body()) { Query = new() { ["fnId"] = call.Function, ["stepId"] = call.StepId } }, cancellationToken);

    public async Task<Answer> HandleAsync(Request request, CancellationToken cancellationToken = default) =>
        Answer.Of(await _handler.HandleAsync(request.To(Endpoint, Services), cancellationToken));
}
