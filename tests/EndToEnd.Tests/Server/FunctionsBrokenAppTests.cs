namespace Stepwell.EndToEnd.Tests.Server;

public sealed class FunctionsBrokenAppTests(FunctionsExecutor executor) : BrokenAppTests(executor.Server), IClassFixture<FunctionsExecutor>
{
    // The host takes no more messages than host.json allows; in Azure it starts another instance.
    protected override int Stuck => 20;
}
