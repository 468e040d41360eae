using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>The states of flow control, and who waits for them.</summary>
public abstract class GateStoreContract
{
    private const string Key = "slots-0123456789abcdef";

    protected abstract IGateStore Gates { get; }

    [Fact]
    public async Task There_is_no_state_at_first()
    {
        var gate = await Gates.ReadAsync(Key, CancellationToken.None);
        Assert.True(gate.State.IsNull);
        Assert.Null(gate.Version);
    }

    [Fact]
    public async Task A_state_is_read_as_it_was_written_and_others_are_not_touched()
    {
        Assert.True(await WriteAsync(Key, await ReadAsync(Key), """{"é":"\u0001"}"""));
        Assert.Equal("""{"é":"\u0001"}""", (await ReadAsync(Key)).State.ToString());
        Assert.True((await ReadAsync("other")).State.IsNull);
    }

    [Fact]
    public async Task A_state_that_another_has_written_since_is_not_overwritten()
    {
        var nothing = await ReadAsync(Key);
        Assert.True(await WriteAsync(Key, nothing, "1"));
        Assert.False(await WriteAsync(Key, nothing, "2"));

        var one = await ReadAsync(Key);
        Assert.True(await WriteAsync(Key, one, "3"));
        Assert.False(await WriteAsync(Key, one, "4"));
        Assert.Equal("3", (await ReadAsync(Key)).State.ToString());
    }

    [Fact]
    public async Task Of_many_who_write_at_once_one_does()
    {
        var before = await ReadAsync(Key);
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => WriteAsync(Key, before, n.ToString(CultureInfo.InvariantCulture))));
        Assert.Single(written, done => done);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(512)]
    public async Task A_state_may_have_512_kibibytes_and_shrink_again(int kibibytes)
    {
        var large = $"\"{string.Concat(Enumerable.Range(0, kibibytes * 64).Select(n => $"{n:D16}"))[2..]}\"";
        Assert.Equal(kibibytes * 1024, large.Length);
        Assert.True(await WriteAsync(Key, await ReadAsync(Key), large));
        Assert.Equal(large, (await ReadAsync(Key)).State.ToString());

        Assert.True(await WriteAsync(Key, await ReadAsync(Key), "1"));
        Assert.Equal("1", (await ReadAsync(Key)).State.ToString());
    }

    [Fact]
    public async Task Those_who_wait_stand_in_their_order_each_once()
    {
        List<GateWaiter> waiters = [Waiter("3"), Waiter("1"), Waiter("2"), Waiter("1")];
        foreach (var waiter in waiters)
            await Gates.EnqueueAsync(Key, waiter, CancellationToken.None);
        await Gates.EnqueueAsync("other", Waiter("0"), CancellationToken.None);
        await WriteAsync(Key, await ReadAsync(Key), "1");

        Assert.Equal([waiters[1], waiters[2], waiters[0]], await FirstAsync(10));
        Assert.Equal([waiters[1], waiters[2]], await FirstAsync(2));
    }

    [Fact]
    public async Task Who_waits_no_more_is_gone()
    {
        var waiter = Waiter("1");
        await Gates.EnqueueAsync(Key, waiter, CancellationToken.None);

        await Gates.DequeueAsync(Key, waiter, CancellationToken.None);
        await Gates.DequeueAsync(Key, waiter, CancellationToken.None);

        Assert.Empty(await FirstAsync(10));
    }

    [Fact]
    public async Task Who_has_come_anew_stays_when_he_is_taken_from_the_line_as_he_was_found_before()
    {
        await Gates.EnqueueAsync(Key, Waiter("1"), CancellationToken.None);
        var found = Assert.Single(await Gates.FirstAsync(Key, 10, CancellationToken.None));
        await Gates.EnqueueAsync(Key, Waiter("1"), CancellationToken.None);

        await Gates.DequeueAsync(Key, found, CancellationToken.None);
        Assert.Equal([Waiter("1")], await FirstAsync(10));

        await Gates.DequeueAsync(Key, Assert.Single(await Gates.FirstAsync(Key, 10, CancellationToken.None)), CancellationToken.None);
        Assert.Empty(await FirstAsync(10));
    }

    private async Task<IEnumerable<GateWaiter>> FirstAsync(int max) => (await Gates.FirstAsync(Key, max, CancellationToken.None)).Select(waiter => waiter with { Version = null });

    private static GateWaiter Waiter(string order) => new(order.PadLeft(19, '0'), RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV"), StepKey.Hash("a"));

    private Task<StoredGate> ReadAsync(string key) => Gates.ReadAsync(key, CancellationToken.None);

    private Task<bool> WriteAsync(string key, StoredGate before, string state) => Gates.WriteAsync(key, before, RawJson.FromString(state), CancellationToken.None);
}
