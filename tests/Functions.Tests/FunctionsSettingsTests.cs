using Stepwell.Executor.Functions;
using Stepwell.Executor.Hosting;

namespace Stepwell.Functions.Tests;

public sealed class FunctionsSettingsTests
{
    private static readonly HostJson s_host = new(TimeSpan.FromMinutes(10), 100, "none");

    private static readonly (string Name, string Value)[] s_dev = [("STEPWELL_DEV", "true"), ("STEPWELL_STORAGE_PREFIX", "stepwell")];

    [Fact]
    public void A_connection_string_is_taken()
    {
        var settings = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"));

        Assert.Equal(new StorageSettings.Connection("UseDevelopmentStorage=true", "stepwell", 1), settings.Storage);
        Assert.True(settings.IsDev);
    }

    [Theory]
    [InlineData("accountName", "shopstate", "core.windows.net")]
    [InlineData("queueServiceUri", "https://shopstate.queue.core.windows.net", "core.windows.net")]
    [InlineData("tableServiceUri", "https://shopstate.table.core.usgovcloudapi.net/", "core.usgovcloudapi.net")]
    public void An_account_of_the_app_s_identity_is_taken(string key, string value, string suffix)
    {
        Assert.Equal(new StorageSettings.Account("shopstate", suffix, "stepwell", 1), Read(($"AzureWebJobsStorage:{key}", value)).Storage);
        Assert.Equal(
            new StorageSettings.Account("shopstate", suffix, "stepwell", 1) { ClientId = "11111111-2222" },
            Read(($"AzureWebJobsStorage:{key}", value), ("AzureWebJobsStorage:clientId", "11111111-2222")).Storage);
    }

    [Fact]
    public void Keys_are_read_and_several_event_keys_are_parted_by_commas()
    {
        var settings = FunctionsSettings.Read(
            HostJsonTests.Settings(
                ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
                ("STEPWELL_STORAGE_PREFIX", "stepwell"),
                ("STEPWELL_EVENT_KEY", "one, two"),
                ("STEPWELL_SIGNING_KEY", "signkey-prod-0123456789abcdef"),
                ("STEPWELL_SIGNING_KEY_FALLBACK", "signkey-prod-fedcba9876543210")),
            s_host);

        Assert.False(settings.IsDev);
        Assert.Equal(["one", "two"], settings.EventKeys.ToList());
        Assert.NotNull(settings.SigningKeys!.Fallback);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FunctionsSettings.Read(HostJsonTests.Settings(), new HostJson(TimeSpan.FromSeconds(30), 5, "base64")));

        Assert.Contains("STEPWELL_EVENT_KEY is missing: without", exception.Message, StringComparison.Ordinal);
        Assert.Contains("STEPWELL_SIGNING_KEY is missing: it signs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("AzureWebJobsStorage is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("STEPWELL_STORAGE_PREFIX is missing", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it must be 'none'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it must be a minute at least", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_account_is_told()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Read());
        Assert.StartsWith("AzureWebJobsStorage is missing", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "c2VjcmV0", "AzureWebJobsStorage is no connection string")]
    [InlineData("AzureWebJobsStorage:accountName", "Not An Account", "AzureWebJobsStorage__accountName/tableServiceUri/queueServiceUri/blobServiceUri is 'Not An Account'")]
    public void What_is_wrong_has_the_name_that_it_has_in_a_function_app(string name, string value, string problem)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Read((name, value)));
        Assert.StartsWith(problem, exception.Message, StringComparison.Ordinal);
    }

    private static ExecutorSettings Read(params (string Name, string Value)[] settings) => FunctionsSettings.Read(HostJsonTests.Settings([.. s_dev, .. settings]), s_host);
}
