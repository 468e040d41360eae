namespace Stepwell.Executor.Tests.Matching;

public class TimeExpressionTests
{
    [Theory]
    [InlineData("timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-01T00:00:00.5Z')")]
    [InlineData("timestamp('2026-01-01T01:00:00+01:00') == timestamp('2026-01-01T00:00:00Z')")]
    [InlineData("timestamp(event.data.at) + duration('36h') == timestamp('2026-03-02T12:00:00Z')")]
    [InlineData("timestamp('2026-03-02T00:00:00Z') - timestamp(event.data.at) == duration('1d'.size() == 2 ? '24h' : '0s')")]
    [InlineData("duration('1h30m') == duration('90m') && duration('-1.5s') < duration('250ms')")]
    [InlineData("string(duration('90m')) == '5400s' && string(duration('1.5s')) == '1.5s'")]
    [InlineData("date('2026-03-01') == timestamp(event.data.at) && date(event.ts) == timestamp(event.data.at)")]
    [InlineData("timestamp(event.data.at) > now_minus('24h') && timestamp(event.data.at) < now_minus('1h')")]
    [InlineData("now_plus('1h') == timestamp('2026-03-01T13:00:00Z')")]
    public void Times_are_compared_and_computed(string text) =>
        Assert.True(Expressions.IsTrue(text, """{"ts":1772323200000,"data":{"at":"2026-03-01T00:00:00Z"}}"""));

    [Theory]
    [InlineData("timestamp('yesterday')")]
    [InlineData("timestamp('2026-13-01T00:00:00Z')")]
    [InlineData("timestamp('2026-01-01T00:00:00')")]
    [InlineData("timestamp(1e300)")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')")]
    [InlineData("timestamp('0001-01-01T00:00:00Z') - duration('1s')")]
    [InlineData("duration('1 hour')")]
    [InlineData("duration('99999999999999999999999999999h')")]
    [InlineData("duration('1.2.3s')")]
    [InlineData("duration('')")]
    [InlineData("date('2026-02-30')")]
    [InlineData("date(9e17)")]
    [InlineData("now_plus('soon')")]
    [InlineData("duration('87600000h') + duration('87600000h')")]
    public void What_is_no_time_is_an_error(string text) => Assert.IsType<Executor.Matching.MatchValue.Error>(Expressions.Evaluate(text));
}
