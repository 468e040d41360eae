using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Tests.Events;

public class EventIdSeedTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_seed_gives_each_event_of_a_request_its_id()
    {
        Assert.True(EventIdSeed.TryParse("1795491803494,/8dVSxSz7/7N+g==", out var seed));

        Assert.Equal("01M85TDCB6ZZ3NAJRMPFQZXKFV", seed.IdOf(1));
        Assert.Equal("01M85TDCB6ZZ3NAJRMPFQZXKFW", seed.IdOf(2));
    }

    [Fact]
    public void The_same_header_gives_the_same_ids()
    {
        var first = EventIdSeed.Create(new FakeTimeProvider(s_now));
        Assert.True(EventIdSeed.TryParse(first.ToHeader(), out var again));

        Assert.Equal(Enumerable.Range(1, 5_000).Select(first.IdOf), Enumerable.Range(1, 5_000).Select(again.IdOf));
    }

    [Fact]
    public void The_ids_of_one_request_differ_and_are_ULIDs_of_its_time()
    {
        var seed = EventIdSeed.Create(new FakeTimeProvider(s_now));

        var ids = Enumerable.Range(1, 5_000).Select(seed.IdOf).ToArray();

        Assert.Equal(5_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(UlidText.TryRead(id, out _)));
        Assert.Single(ids.Select(id => id[..10]).Distinct());
        Assert.StartsWith($"{s_now.ToUnixTimeMilliseconds()},", seed.ToHeader(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_seeds_of_the_same_millisecond_differ()
    {
        var time = new FakeTimeProvider(s_now);

        Assert.NotEqual(EventIdSeed.Create(time).IdOf(1), EventIdSeed.Create(time).IdOf(1));
    }

    [Fact]
    public void The_counter_starts_anew_after_its_last_value()
    {
        var entropy = Convert.ToBase64String([1, 2, 3, 4, 5, 6, 0xff, 0xff, 0xff, 0xff]);
        var zero = Convert.ToBase64String([1, 2, 3, 4, 5, 6, 0, 0, 0, 0]);
        Assert.True(EventIdSeed.TryParse($"1,{entropy}", out var last));
        Assert.True(EventIdSeed.TryParse($"1,{zero}", out var first));

        Assert.Equal(first.IdOf(1), last.IdOf(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1795491803494")]
    [InlineData("1795491803494,")]
    [InlineData(",/8dVSxSz7/7N+g==")]
    [InlineData("1795491803494,/8dVSxSz7/7N")]
    [InlineData("1795491803494,/8dVSxSz7/7N+gA=")]
    [InlineData("1795491803494,not base 64!!!!")]
    [InlineData("1795491803494,/8dVSxSz7/7N+g==,1")]
    [InlineData("-1,/8dVSxSz7/7N+g==")]
    [InlineData("1.5,/8dVSxSz7/7N+g==")]
    [InlineData("99999999999999999999,/8dVSxSz7/7N+g==")]
    [InlineData("253402300800000,/8dVSxSz7/7N+g==")]
    public void A_header_of_another_form_is_no_seed(string? header)
    {
        Assert.False(EventIdSeed.TryParse(header, out _));
    }

    [Fact]
    public void Positions_count_from_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventIdSeed.Create(new FakeTimeProvider(s_now)).IdOf(0));
    }

    [Fact]
    public void Any_text_is_either_a_seed_or_none()
    {
        Gen.String.Sample(text => !EventIdSeed.TryParse(text, out var seed) || seed.IdOf(1).Length == 26);
    }
}
