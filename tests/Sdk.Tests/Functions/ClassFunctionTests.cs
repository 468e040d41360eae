using Microsoft.Extensions.DependencyInjection;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Functions;

public class ClassFunctionTests
{
    [Fact]
    public async Task Its_dependencies_come_through_its_constructor()
    {
        var app = new TestApp { Services = new ServiceCollection().AddSingleton(new Greeting("Hello")).BuildServiceProvider() };
        app.Client.CreateFunction<Greeter>();

        Assert.Equal("\"Hello, Ada\"", (await new TestRun(app).FinishAsync()).Result());
    }

    [Fact]
    public void Its_options_are_known_without_building_an_instance()
    {
        var built = Greeter.Built;
        var app = new TestApp();

        var function = app.Client.CreateFunction<Greeter>();

        Assert.Equal("function", function.Options.Id);
        Assert.Equal("Greets", function.Options.Name);
        Assert.Equal([new Trigger("shop/started")], function.Options.Triggers);
        Assert.Equal(built, Greeter.Built);
        Assert.Same(function, Assert.Single(app.Client.AllFunctions));
    }

    [Fact]
    public async Task Each_call_gets_an_instance_of_its_own()
    {
        var app = new TestApp { Services = new ServiceCollection().AddSingleton(new Greeting("Hello")).BuildServiceProvider() };
        app.Client.CreateFunction<Greeter>();
        var before = Greeter.Built;

        await app.DiscoverAsync();
        await app.DiscoverAsync();

        Assert.Equal(before + 2, Greeter.Built);
    }

    [Fact]
    public async Task Without_a_result_it_returns_nothing()
    {
        var app = new TestApp();
        app.Client.CreateFunction<Quiet>();

        Assert.Equal("null", (await new TestRun(app).FinishAsync()).Result());
    }

    private sealed record Greeting(string Text);

    private sealed class Greeter : IStepFunction<Started, string>
    {
        private readonly Greeting _greeting;

        public Greeter(Greeting greeting)
        {
            _greeting = greeting;
            Built++;
        }

        public static int Built { get; private set; }

        public static FunctionOptions Options => new("function") { Name = "Greets" };

        public Task<string> RunAsync(RunContext<Started> run, Step step) => step.RunAsync("greet", () => $"{_greeting.Text}, {run.Event.Data.Customer}");
    }

    private sealed class Quiet : IStepFunction<Started, Nothing>
    {
        public static FunctionOptions Options => new("function");

        public async Task<Nothing> RunAsync(RunContext<Started> run, Step step)
        {
            await step.RunAsync("work", () => { });
            return Nothing.Value;
        }
    }
}
