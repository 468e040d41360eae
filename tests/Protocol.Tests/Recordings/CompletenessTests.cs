namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>The theories over the recordings would pass over an empty folder; these numbers do not.</summary>
public class CompletenessTests
{
    [Theory]
    [InlineData("devserver-v3", 94, 61, 0)]
    [InlineData("devserver-v4-ckpt", 70, 64, 24)]
    [InlineData("devserver-v4-nockpt", 94, 60, 0)]
    public void Each_conversation_with_the_real_server_has_all_its_messages(string folder, int calls, int reports, int checkpoints)
    {
        var exchanges = Recording.All.Where(exchange => exchange.Folder == folder).ToArray();

        Assert.Equal(calls, exchanges.Count(exchange => exchange.IsCall));
        Assert.Equal(reports, exchanges.Count(exchange => exchange.IsCall && exchange.Status == 206));
        Assert.Equal(checkpoints, exchanges.Count(exchange => exchange.IsCheckpoint));
        Assert.Single(exchanges, exchange => exchange.IsRegistration);
        Assert.Single(exchanges, exchange => exchange.IsSending);
    }

    [Fact]
    public void There_is_a_registration_from_every_set_up()
    {
        Assert.Equal(9, Recording.All.Count(exchange => exchange.IsRegistration));
    }

    [Fact]
    public void All_ops_that_were_recorded_are_there()
    {
        var ops = Recording.All.Where(exchange => exchange.Ops is not null).Sum(exchange => exchange.Ops!.Value.GetArrayLength());

        Assert.Equal(241, ops);
    }
}
