using System.Text;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Storage.Queues;
using Stepwell.Executor.Ports;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Messages as another reader of the same queue sees them.</summary>
public sealed class QueueRequestTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly AzureAccount _account = new(azurite, shards: 2);

    [Fact]
    public async Task A_message_never_expires()
    {
        await _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None);

        var peeked = Assert.Single((await Other(0).PeekMessagesAsync(32)).Value);
        Assert.Equal(9999, peeked.ExpiresOn!.Value.Year);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.999, "0")]
    [InlineData(1.999, "1")]
    [InlineData(604_800.0, "604800")]
    public async Task The_delay_is_sent_in_whole_seconds_and_the_message_never_expires_whatever_it_is(double seconds, string visibility)
    {
        await _account.Queue.SendAsync(0, "x", TimeSpan.FromSeconds(seconds), CancellationToken.None);

        var put = _account.Sent.All.Last(request => request.Method == "POST" && request.Uri.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal));
        Assert.Contains("messagettl=-1", put.Uri.Query, StringComparison.Ordinal);
        Assert.Equal(visibility, System.Web.HttpUtility.ParseQueryString(put.Uri.Query)["visibilitytimeout"]);
    }

    [Fact]
    public async Task A_body_is_plain_text_on_the_wire_and_in_the_queue()
    {
        const string Body = """{"v":1,"items":["step"]}""";
        await _account.Queue.SendAsync(0, Body, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(Body, XDocument.Parse(_account.Sent.All[^1].Body).Root!.Element("MessageText")!.Value);
        Assert.Equal(Body, Assert.Single((await Other(0).PeekMessagesAsync(32)).Value).Body.ToString());
    }

    [Fact]
    public async Task What_another_sender_wrote_in_base64_is_received_as_it_stands()
    {
        await _account.Queue.ReceiveAsync(0, 1, TimeSpan.FromMinutes(1), CancellationToken.None);
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes("{}"));
        await Other(0).SendMessageAsync(encoded);

        Assert.Equal(encoded, Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None)).Body);
    }

    [Fact]
    public async Task Each_shard_is_a_queue_by_number()
    {
        await _account.Queue.SendAsync(1, "x", TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("x", Assert.Single((await Other(1).PeekMessagesAsync(32)).Value).Body.ToString());
        Assert.False(await Other(0).ExistsAsync());
    }

    [Fact]
    public async Task A_queue_that_was_deleted_is_created_again()
    {
        await _account.Queue.SendAsync(0, "lost", TimeSpan.Zero, CancellationToken.None);
        var received = Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None));
        await Other(0).DeleteAsync();

        Assert.IsType<LeaseOutcome.Lost>(await _account.Queue.ExtendAsync(received, TimeSpan.FromMinutes(1), CancellationToken.None));
        await _account.Queue.DeleteAsync(received, CancellationToken.None);
        Assert.Empty(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None));

        await Other(0).DeleteAsync();
        await _account.Queue.SendAsync(0, "new", TimeSpan.Zero, CancellationToken.None);
        Assert.Equal("new", Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None)).Body);
    }

    [Fact]
    public async Task A_queue_that_is_being_deleted_is_an_error_until_it_can_be_created_again()
    {
        // Azure answers so for half a minute after a queue was deleted; Azurite never does.
        _account.Faults.Refuse(request => request.Method == RequestMethod.Put, new RequestFailedException(409, "The queue is being deleted.", "QueueBeingDeleted", null));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None));

        Assert.True(_account.Faults.HasHappened);
        Assert.Equal("QueueBeingDeleted", error.ErrorCode);
        await _account.Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None);
        Assert.Single(await _account.Queue.ReceiveAsync(0, 32, TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    private QueueClient Other(int shard) =>
        new(azurite.ConnectionString, $"{_account.Prefix}-runs-{shard:00}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });
}
