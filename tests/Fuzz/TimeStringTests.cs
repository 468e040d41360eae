using System.Globalization;
using System.Numerics;
using CsCheck;
using Stepwell.Executor.Invocation;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Protocol;

namespace Stepwell.Fuzz.Tests;

/// <summary>Texts for times: read for what they mean, or refused; and what is read is printed and read again.</summary>
public class TimeStringTests
{
    private static readonly (string Name, BigInteger Nanoseconds)[] s_units =
    [
        ("w", 604_800_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("µs", 1_000), ("ns", 1),
    ];

    private static readonly Gen<string> s_durations = Gen.Select(Gen.Shuffle(s_units, 1, 4), Gen.OneOf(Gen.Long[0, 99_999], Gen.Long[0, 20_000_000]).Array[4], (units, numbers) => string.Concat(units.Select((unit, at) => $"{numbers[at]}{unit.Name}")));

    private static readonly Gen<string> s_instants = Gen.Select(
        Gen.OneOf("2026-11-24", "0001-01-01", "9999-12-31", "2024-02-29", "2026-02-30"),
        Gen.OneOf("", "T00:00:00", "T23:59", "T23:59:60", "T24:00:00", "T08:00:00.123", "T08:00:00.123456789", "T23:59:59.9999999"),
        Gen.OneOf("", "Z", "+14:00", "-14:00", "+99:99", "z"),
        (date, time, zone) => date + time + zone);

    private static readonly Gen<string> s_texts = Gen.Frequency((2, s_durations), (2, s_instants), (4, AnyText.Mutated(Gen.OneOf(s_durations, s_instants))), (2, AnyText.Any));

    private static readonly Gen<DateTimeOffset> s_nows = Gen.OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(5)));

    [Fact]
    public Task Any_text_is_a_duration_that_can_be_printed_or_none() => Cases.CheckAsync(
        s_texts,
        text =>
        {
            if (!TimeString.TryParseDuration(text, out var duration))
                return;

            Assert.True(duration >= TimeSpan.Zero);
            Assert.True(TimeString.TryParseDuration(TimeString.Format(duration), out var again));
            Assert.Equal(duration, again);
        },
        Printable.Of);

    [Fact]
    public Task A_duration_is_the_sum_of_its_parts_if_there_is_so_long_a_time() => Cases.CheckAsync(
        Gen.Select(s_durations, Gen.OneOf("", " ", "\t"), (text, blank) => blank + text + blank),
        text =>
        {
            var isOneOfEach = !text.Contains("us", StringComparison.Ordinal) || !text.Contains("µs", StringComparison.Ordinal);
            var ticks = (Nanoseconds(text.Trim()) + 50) / 100;
            var isTime = isOneOfEach && ticks <= TimeSpan.MaxValue.Ticks;
            Assert.Equal(isTime, TimeString.TryParseDuration(text, out var duration));
            Assert.True(!isTime || duration == TimeSpan.FromTicks((long)ticks), $"{duration}");
        },
        Printable.Of);

    [Fact]
    public Task Any_text_is_an_instant_or_none_whenever_it_is_now() => Cases.CheckAsync(
        Gen.Select(s_texts, s_nows),
        input =>
        {
            var (text, now) = input;
            if (!TimeString.TryParseInstant(text, now, out var instant))
                return;

            if (TimeString.TryParseDuration(text, out var duration))
                Assert.Equal(duration, instant - now);
            else
                Assert.True(TimeString.TryParseInstant(TimeString.Format(instant), now, out var again) && (instant - again).Duration() < TimeSpan.FromMilliseconds(1));
        },
        input => $"{Printable.Of(input.Item1)} at {input.Item2:O}");

    [Fact]
    public Task Any_retry_after_is_a_time_or_none() => Cases.CheckAsync(
        Gen.Select(Gen.OneOf(s_texts, Gen.Int[-10, 100_000_000].Select(seconds => seconds.ToString(CultureInfo.InvariantCulture))), s_nows),
        input =>
        {
            var (text, now) = input;
            var advice = RetryAdviceReading.Read(name => name == ProtocolHeaders.RetryAfter ? text : null, now);

            Assert.False(advice.NoRetry);
            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && text.Trim().Length <= 7)
                Assert.Equal(TimeSpan.FromSeconds(seconds), advice.RetryAfter);
        },
        input => $"{Printable.Of(input.Item1)} at {input.Item2:O}");

    private static BigInteger Nanoseconds(string text)
    {
        var (sum, at) = (BigInteger.Zero, 0);
        while (at < text.Length)
        {
            var digits = text[at..].TakeWhile(char.IsAsciiDigit).Count();
            var letters = text[(at + digits)..].TakeWhile(letter => !char.IsAsciiDigit(letter)).Count();
            var unit = text.Substring(at + digits, letters);
            sum += BigInteger.Parse(text.AsSpan(at, digits), CultureInfo.InvariantCulture) * s_units.First(one => one.Name == unit).Nanoseconds;
            at += digits + letters;
        }

        return sum;
    }
}
