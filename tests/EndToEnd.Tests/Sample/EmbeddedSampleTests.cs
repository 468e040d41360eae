namespace Stepwell.EndToEnd.Tests.Sample;

public sealed class EmbeddedSampleTests : SampleTests
{
    protected override string[] Storage => [];
}
