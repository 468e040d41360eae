namespace Stepwell.EndToEnd.Tests.Server;

public sealed class EmbeddedSignedTests : SignedTests
{
    protected override string[] Storage => [];
}
