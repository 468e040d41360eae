using System.Net;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class RefusedAddressTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:168.63.129.16")]
    public async Task A_link_local_or_metadata_address_is_not_called(string address)
    {
        Assert.True(RefusedAddresses.Covers(IPAddress.Parse(address)));
        using var caller = new TestCaller(resolve: _ => [IPAddress.Parse(address)]);

        var message = await caller.BrokenAsync(new Uri("http://innocent.test/api"));

        Assert.StartsWith("POST http://innocent.test/api?stepId=step failed: ", message, StringComparison.Ordinal);
        Assert.Contains("'innocent.test' is a link-local or metadata address", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    public async Task However_it_is_written_in_a_url(string url)
    {
        using var caller = new TestCaller();

        Assert.Contains("link-local or metadata address", await caller.BrokenAsync(new Uri(url)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.4")]
    [InlineData("192.168.1.1")]
    [InlineData("169.253.255.255")]
    [InlineData("168.63.129.17")]
    [InlineData("fec0::1")]
    [InlineData("2603:1020::1")]
    [InlineData("::ffff:10.0.0.4")]
    public void Other_addresses_are_called(string address) => Assert.False(RefusedAddresses.Covers(IPAddress.Parse(address)));

    [Fact]
    public async Task Of_a_name_with_several_addresses_only_the_allowed_ones_are_tried()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "7"));
        using var caller = new TestCaller(resolve: _ => [IPAddress.Parse("169.254.169.254"), IPAddress.Loopback]);

        var answer = await caller.CallAsync(new Uri($"http://mixed.test:{app.Url.Port}/api"));

        Assert.Equal("7", Assert.IsType<AppAnswer.Returned>(answer).Output.ToString());
        Assert.Equal($"mixed.test:{app.Url.Port}", Assert.Single(app.Requests).Headers["host"]);
    }

    [Fact]
    public async Task A_name_that_is_turned_to_such_an_address_later_is_refused_then()
    {
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(LocalApp.Reply.OfApp(200, "7", ("connection", "close")).ToBytes(), cancel);
            return false;
        });
        IPAddress[] addresses = [IPAddress.Loopback];
        using var caller = new TestCaller(resolve: _ => addresses);
        var url = new Uri($"http://turning.test:{app.Url.Port}/api");
        Assert.IsType<AppAnswer.Returned>(await caller.CallAsync(url));

        addresses = [IPAddress.Parse("169.254.169.254")];

        Assert.Contains("link-local", await caller.BrokenAsync(url), StringComparison.Ordinal);
        Assert.Single(app.Requests);
    }

    [Theory]
    [InlineData("metadata", true)]
    [InlineData("Metadata.Google.Internal", true)]
    [InlineData("metadata.google.internal.", true)]
    [InlineData("metadata.goog", true)]
    [InlineData("metadata.example.org", false)]
    public void Names_of_metadata_servers_are_known(string host, bool refused) => Assert.Equal(refused, RefusedAddresses.Covers(host));
}
