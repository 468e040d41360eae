using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Sending;

/// <summary>What the options leave open, the environment decides.</summary>
public class ClientSettingsTests
{
    private static ClientSettings Resolve(StepwellOptions options, params (string Name, string Value)[] environment) =>
        ClientSettings.Resolve(options, name => environment.FirstOrDefault(one => one.Name == name).Value);

    [Fact]
    public void Without_a_word_it_is_production() => Assert.False(Resolve(new()).IsDev);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void INNGEST_DEV_switches_development_on_and_off(string value, bool isDev) => Assert.Equal(isDev, Resolve(new(), ("INNGEST_DEV", value)).IsDev);

    [Fact]
    public void INNGEST_DEV_may_be_the_executors_url()
    {
        var settings = Resolve(new(), ("INNGEST_DEV", "http://executor:9000"));

        Assert.True(settings.IsDev);
        Assert.Equal(new Uri("http://executor:9000"), settings.BaseUrl);
    }

    [Fact]
    public void Options_come_before_the_environment()
    {
        var settings = Resolve(
            new() { IsDev = false, BaseUrl = new Uri("https://mine"), EventKey = "mine" },
            ("INNGEST_DEV", "1"), ("INNGEST_BASE_URL", "https://theirs"), ("INNGEST_EVENT_KEY", "theirs"));

        Assert.Equal((false, new Uri("https://mine"), "mine"), (settings.IsDev, settings.BaseUrl, settings.EventKey));
    }

    [Fact]
    public void All_else_is_taken_from_the_environment()
    {
        var settings = Resolve(
            new(),
            ("INNGEST_BASE_URL", "https://executor"), ("INNGEST_EVENT_KEY", "events"), ("INNGEST_SIGNING_KEY", Keys.Primary), ("INNGEST_SIGNING_KEY_FALLBACK", Keys.Fallback),
            ("INNGEST_SERVE_ORIGIN", "https://app"), ("INNGEST_SERVE_PATH", "/serve"), ("INNGEST_ENV", "blue"));

        Assert.Equal(new Uri("https://executor"), settings.BaseUrl);
        Assert.Equal("events", settings.EventKey);
        Assert.Equal(Keys.Of(Keys.Primary).BearerToken, settings.SigningKeys!.Primary.BearerToken);
        Assert.Equal(Keys.Of(Keys.Fallback).BearerToken, settings.SigningKeys.Fallback!.BearerToken);
        Assert.Equal((new Uri("https://app"), "/serve", "blue"), (settings.ServeOrigin, settings.ServePath, settings.Environment));
    }

    [Fact]
    public void An_address_that_is_none_is_refused_with_its_name_and_value()
    {
        var exception = Assert.Throws<ArgumentException>(() => Resolve(new(), ("INNGEST_BASE_URL", "executor:8288")));

        Assert.Contains("INNGEST_BASE_URL is 'executor:8288'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/executor")]
    [InlineData("ftp://executor")]
    public void An_address_among_the_options_that_cannot_be_reached_by_HTTP_is_refused(string url)
    {
        var exception = Assert.Throws<ArgumentException>(() => Resolve(new() { BaseUrl = new Uri(url, UriKind.RelativeOrAbsolute) }));

        Assert.Contains($"StepwellOptions.BaseUrl is '{url}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signing_key_that_is_none_is_refused_without_being_repeated()
    {
        var exception = Assert.Throws<ArgumentException>(() => Resolve(new() { SigningKey = "signkey-test-secret" }));

        Assert.Contains("signing key cannot be used", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }
}
