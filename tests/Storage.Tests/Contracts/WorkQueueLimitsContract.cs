using Stepwell.Executor.Ports;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>What a message may hold, and how long it may be hidden.</summary>
public abstract class WorkQueueLimitsContract
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    protected abstract IWorkQueue Queue { get; }

    [Theory]
    [InlineData("x")]
    [InlineData("{\"run\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"items\":[\"step\"]}")]
    [InlineData("😀 漢字 שלום é e\u0301 \u2028 \u0085 \ud7ff\ue000\ufffd")]
    [InlineData("<a b='c' d=\"e\">&amp;&#65;]]></a>%41+\\u0000\\ud800")]
    [InlineData("  between spaces  ")]
    [InlineData(" ")]
    [InlineData("\ttabs\nand\nlines\n")]
    public async Task A_body_is_received_as_it_was_sent(string body)
    {
        await SendAsync(body);

        Assert.Equal(body, Assert.Single(await ReceiveAsync()).Body);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('<')]
    public async Task A_body_may_have_65536_bytes_and_no_more(char filling)
    {
        var largest = new string(filling, 65_536);

        await SendAsync(largest);
        Assert.Equal(largest, Assert.Single(await ReceiveAsync()).Body);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(largest + "y"));
        Assert.Equal("body", error.ParamName);
        Assert.Contains("65537", error.Message, StringComparison.Ordinal);
        Assert.Contains("65536", error.Message, StringComparison.Ordinal);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Bytes_of_UTF8_count_and_not_characters()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(new string('漢', 21_846)));

        Assert.Contains("65538", error.Message, StringComparison.Ordinal);
        Assert.Empty(await ReceiveAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0000")]
    [InlineData("a\u0001")]
    [InlineData("\u001f")]
    [InlineData("\ufffe")]
    [InlineData("\uffff")]
    [InlineData("lines\r\n")]
    public async Task What_a_message_cannot_carry_is_refused_and_never_changed(string body)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(body));

        Assert.Equal("body", error.ParamName);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Half_a_character_is_refused()
    {
        foreach (var body in new[] { "\ud83d", "\ude00\ud83d", "a\ud800b" })
            Assert.Equal("body", (await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(body))).ParamName);

        Assert.Empty(await ReceiveAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u0001")]
    public async Task What_a_message_cannot_carry_is_not_sent_held_either(string body)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Queue.SendHeldAsync(0, body, s_lease, CancellationToken.None));

        Assert.Equal("body", error.ParamName);
        Assert.Empty(await ReceiveAsync());
    }

    [Theory]
    [InlineData("", 10_000_000, "body")]
    [InlineData("a\u0001", 10_000_000, "body")]
    [InlineData("x", 9_999_999, "lease")]
    [InlineData("x", 6_048_000_000_001, "lease")]
    public async Task What_would_not_be_sent_is_not_written_either(string body, long ticks, string wrong)
    {
        var held = await Queue.SendHeldAsync(0, "as it was", s_lease, CancellationToken.None);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Queue.RewriteAsync(held, body, new TimeSpan(ticks), CancellationToken.None));

        Assert.Equal(wrong, error.ParamName);
        await Queue.ExtendAsync(held, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal("as it was", Assert.Single(await ReceiveAsync()).Body);
    }

    [Theory]
    [InlineData(9_999_999)]
    [InlineData(6_048_000_000_001)]
    public async Task A_lease_out_of_range_is_not_sent(long ticks)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Queue.SendHeldAsync(0, "x", new TimeSpan(ticks), CancellationToken.None));

        Assert.Equal("lease", error.ParamName);
        Assert.Empty(await ReceiveAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-10_000_000)]
    [InlineData(6_048_000_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_delay_out_of_range_is_refused(long ticks)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => SendAsync("x", new TimeSpan(ticks)));

        Assert.Equal("delay", error.ParamName);
        Assert.Empty(await ReceiveAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9_999_999)]
    [InlineData(-10_000_000)]
    [InlineData(6_048_000_000_001)]
    public async Task A_lease_out_of_range_is_refused_when_receiving(long ticks)
    {
        await SendAsync("x");

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Queue.ReceiveAsync(0, 1, new TimeSpan(ticks), CancellationToken.None));

        Assert.Equal("lease", error.ParamName);
        Assert.Equal(1, Assert.Single(await ReceiveAsync()).DequeueCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6_048_000_000_001)]
    public async Task A_lease_out_of_range_is_refused_when_extending(long ticks)
    {
        await SendAsync("x");
        var received = Assert.Single(await ReceiveAsync());

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Queue.ExtendAsync(received, new TimeSpan(ticks), CancellationToken.None));

        Assert.Equal("lease", error.ParamName);
        Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(received, s_lease, CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(33)]
    public async Task One_to_32_messages_are_received_at_a_time(int max) =>
        Assert.Equal("max", (await Assert.ThrowsAnyAsync<ArgumentException>(() => Queue.ReceiveAsync(0, max, s_lease, CancellationToken.None))).ParamName);

    private async Task SendAsync(string body, TimeSpan delay = default) => await Queue.SendAsync(0, body, delay, CancellationToken.None);

    private async Task<IReadOnlyList<Delivery>> ReceiveAsync() => await Queue.ReceiveAsync(0, 32, s_lease, CancellationToken.None);
}
