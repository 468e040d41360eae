using System.Text;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Tests.Api;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Durations that only the reader of registrations sees, as the settings around them are refused later.</summary>
public sealed class RegistrationDurationTests
{
    [Theory]
    [InlineData(""","debounce":{"period":"1s","timeout":"later"}""", "debounce.timeout is 'later'")]
    [InlineData(""","timeouts":{"start":"1s","finish":"never"}""", "timeouts.finish is 'never'")]
    [InlineData(""","cancel":[{"event":"a"},{"event":"b","timeout":"x"}]""", "cancel[1].timeout is 'x'")]
    [InlineData(""","cancel":["a"]""", "cancel[0] is \"a\"; it must be an object")]
    [InlineData(""","throttle":{"limit":1,"period":{}}""", "throttle.period is '{}'")]
    public void An_unknown_duration_is_refused_with_its_field_and_value(string more, string sentence)
    {
        var refused = Assert.Throws<RefusedException>(() => Read(TestApi.Function("shop-f", "a", more)));

        Assert.Contains($"functions[0] ('shop-f').{sentence}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jitter_that_is_no_duration_is_refused()
    {
        var function = TestApi.Function("shop-f", "a").Replace("\"event\":\"a\"", "\"cron\":\"0 9 * * *\",\"jitter\":\"some\"", StringComparison.Ordinal);

        Assert.Contains("jitter is 'some'", Assert.Throws<RefusedException>(() => Read(function)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""","throttle":{"limit":1,"period":"1d2h30m"}""")]
    [InlineData(""","timeouts":{"start":null,"finish":"300ms"}""")]
    [InlineData(""","throttle":null,"debounce":null,"cancel":null,"rateLimit":null,"batchEvents":null,"timeouts":null""")]
    [InlineData(""","cancel":[]""")]
    public void Durations_and_absent_settings_are_taken(string more) => Assert.Single(Read(TestApi.Function("shop-f", "a", more)).Functions);

    private static Stepwell.Executor.Ports.RegisteredApp Read(string function) =>
        RegistrationReading.Check(RegistrationReading.Parse(Encoding.UTF8.GetBytes(TestApi.Registration(function))), DateTimeOffset.UnixEpoch);
}
