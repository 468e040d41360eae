using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Tests.Ids;

public class FunctionIdTests
{
    [Theory]
    [InlineData("cap", "hello", "cap-hello")]
    [InlineData("my-app", "my-fn", "my-app-my-fn")]
    [InlineData("ünï", "日本", "ünï-日本")]
    public void A_composite_id_is_the_app_and_the_function(string app, string function, string id)
    {
        Assert.Equal(id, FunctionId.Compose(app, function).Value);
        Assert.Equal(FunctionId.Parse(id), FunctionId.Compose(app, function));
        Assert.Equal(id, FunctionId.Compose(app, function).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_id_is_none(string? text)
    {
        Assert.False(FunctionId.TryParse(text, out _));
    }

    [Fact]
    public void An_id_has_at_most_255_characters()
    {
        Assert.True(FunctionId.TryParse(new string('f', 255), out _));
        Assert.False(FunctionId.TryParse(new string('f', 256), out _));
        Assert.Throws<FormatException>(() => FunctionId.Compose(new string('a', 128), new string('f', 127)));
    }

    [Fact]
    public void Ids_differ_by_case()
    {
        Assert.NotEqual(FunctionId.Parse("cap-Hello"), FunctionId.Parse("cap-hello"));
    }

    [Fact]
    public void An_id_that_was_never_set_is_not_an_id()
    {
        Assert.Throws<InvalidOperationException>(() => default(FunctionId).Value);
    }
}
