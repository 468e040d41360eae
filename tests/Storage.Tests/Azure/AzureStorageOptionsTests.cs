using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Options that cannot be used are refused at once, with a sentence that says which and why.</summary>
public sealed class AzureStorageOptionsTests
{
    private const string Key = "c2VjcmV0LWtleQ==";
    private const string Connection = $"DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey={Key};EndpointSuffix=core.windows.net";

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData(Connection, "contoso")]
    public void An_account_is_given_in_one_way(string? connection, string? account) => AssertRefused(
        options =>
        {
            options.ConnectionString = connection;
            options.AccountName = account;
        },
        "ConnectionString", "AccountName");

    [Theory]
    [InlineData("ab")]
    [InlineData("a2345678901234567890x")]
    [InlineData("1abc")]
    [InlineData("Abc")]
    [InlineData("a-bc")]
    [InlineData("äbc")]
    [InlineData("")]
    public void A_prefix_that_cannot_begin_a_name_is_refused(string prefix) => AssertRefused(
        options =>
        {
            options.ConnectionString = Connection;
            options.Prefix = prefix;
        },
        $"'{prefix}'", "3 to 20");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void A_number_of_shards_out_of_range_is_refused(int shards) => AssertRefused(
        options =>
        {
            options.ConnectionString = Connection;
            options.Shards = shards;
        },
        $"{shards} shards", "1 to 64");

    [Theory]
    [InlineData("https://contoso.blob.core.windows.net")]
    [InlineData("Contoso")]
    [InlineData("con toso")]
    [InlineData("ab")]
    [InlineData("evil.example/#")]
    [InlineData("a23456789012345678901234x")]
    public void A_name_that_no_account_has_is_refused(string account) => AssertRefused(options => options.AccountName = account, $"'{account}'", "3 to 24");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=contoso")]
    [InlineData($"AccountKey={Key}")]
    [InlineData($"AccountName=contoso;AccountKey=not-base64-{Key}!;EndpointSuffix=core.windows.net")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey={Key};TableEndpoint=nowhere")]
    public void A_connection_string_that_cannot_be_read_is_refused_and_never_shown(string connection)
    {
        var error = AssertRefused(options => options.ConnectionString = connection, "ConnectionString");

        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", 1)]
    [InlineData("a2345678901234567890", 64)]
    public void What_can_be_used_is_taken(string prefix, int shards)
    {
        using var services = new ServiceCollection().AddAzureStorage(options =>
        {
            options.ConnectionString = Connection;
            options.Prefix = prefix;
            options.Shards = shards;
        }).BuildServiceProvider();

        Assert.Equal(shards, services.GetRequiredService<IWorkQueue>().Shards);
        Assert.NotNull(services.GetRequiredService<IRunStore>());
    }

    private static ArgumentException AssertRefused(Action<AzureStorageOptions> configure, params string[] names)
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAzureStorage(configure));
        Assert.All(names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
        return error;
    }
}
