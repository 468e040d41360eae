using Stepwell.Executor.Invocation;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class CallUrlTests
{
    [Theory]
    [InlineData("http://app/api?fnId=shop-f&stepId=step", "http://app/api?fnId=shop-f&stepId=KEY")]
    [InlineData("http://app/api?stepId=step&fnId=shop-f", "http://app/api?fnId=shop-f&stepId=KEY")]
    [InlineData("http://app/api", "http://app/api?stepId=KEY")]
    [InlineData("http://app", "http://app/?stepId=KEY")]
    [InlineData("https://app:8443/a%20b/?x=%26%3D&fnId=s%C3%A4&y", "https://app:8443/a%20b/?x=%26%3D&fnId=s%C3%A4&y&stepId=KEY")]
    [InlineData("http://app/api?stepId=1&stepId&stepId=2&stepIdx=3", "http://app/api?stepIdx=3&stepId=KEY")]
    [InlineData("http://app/api?fnId=f#part", "http://app/api?fnId=f&stepId=KEY#part")]
    public void The_query_is_kept_and_the_step_set(string registered, string called)
    {
        var key = StepKey.Hash("a");

        Assert.Equal(called.Replace("KEY", key.Value, StringComparison.Ordinal), CallUrl.For(new Uri(registered), key).AbsoluteUri);
    }

    [Fact]
    public void An_id_that_is_no_hash_cannot_add_to_the_query()
    {
        var url = CallUrl.For(new Uri("http://app/api?fnId=f"), StepKey.Parse("a;fnId=other%41"));

        Assert.Equal("http://app/api?fnId=f&stepId=a%3BfnId%3Dother%2541", url.AbsoluteUri);
    }
}
