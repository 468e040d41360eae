using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Tests.Ids;

public class RunIdTests
{
    [Theory]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJN")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("00000000000000000000000000")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void A_ULID_is_a_run_id(string text)
    {
        Assert.True(RunId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.Equal(text, id.ToString());
    }

    [Fact]
    public void Lower_case_means_the_same_run()
    {
        Assert.Equal(RunId.Parse("01M85T6DJXE2DFFDTHY4ZACKJN"), RunId.Parse("01m85t6djxe2dffdthy4zackjn"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJ")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJNN")]
    [InlineData("81M85T6DJXE2DFFDTHY4ZACKJN")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJI")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJL")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJO")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJU")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJ-")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJ\u017f")]
    [InlineData("01M85T6DJXE2DFFDTHY4ZACKJ\u212a")]
    [InlineData("../../../../../../../../..")]
    public void What_is_no_ULID_is_no_run_id(string? text)
    {
        Assert.False(RunId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void A_text_that_is_no_run_id_is_named_in_the_error()
    {
        var exception = Assert.Throws<FormatException>(() => RunId.Parse("run-1"));

        Assert.Contains("'run-1'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_are_ordered_by_time()
    {
        var older = RunId.Parse("01M85T2R064KH388TAAH6437XT");
        var newer = RunId.Parse("01M85T6DJXE2DFFDTHY4ZACKJN");

        Assert.True(older < newer && newer > older && older <= newer && newer >= older);
        Assert.Equal([older, newer], new[] { newer, older }.Order());
    }

    [Fact]
    public void A_run_id_that_was_never_set_is_not_an_id()
    {
        Assert.Throws<InvalidOperationException>(() => default(RunId).Value);
    }
}
