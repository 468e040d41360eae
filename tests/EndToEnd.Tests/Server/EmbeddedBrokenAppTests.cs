namespace Stepwell.EndToEnd.Tests.Server;

public sealed class EmbeddedBrokenAppTests(EmbeddedExecutor executor) : BrokenAppTests(executor.Server), IClassFixture<EmbeddedExecutor>
{
    protected override int Stuck => 40;
}
