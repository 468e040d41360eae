using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>The server's settings, from the three places they come from, and what is said when they are wrong.</summary>
public sealed class SettingsTests : IDisposable
{
    private static readonly string[] s_fileApps = ["file-app"];

    private const string NobodyListens =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0LWtleQ==;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;TableEndpoint=http://127.0.0.1:1/devstoreaccount1";

    private readonly string _folder = Directory.CreateTempSubdirectory("stepwell-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_with_setting_and_value()
    {
        var (exitCode, output) = await RunAsync(["--port", "99999", "--retry-interval", "soon", "--retention-days", "4000", "--app", "shop.example", "--host", "shop", "--storage", "c2VjcmV0LWtleQ=="]);

        Assert.Equal(1, exitCode);
        Assert.Contains("--port is '99999'; it must be a whole number from 0 to 65535.", output, StringComparison.Ordinal);
        Assert.Contains("--retry-interval is 'soon'; it must be a whole number from 0 to 86400.", output, StringComparison.Ordinal);
        Assert.Contains("--retention-days is '4000'; it must be a whole number from 0 to 3650.", output, StringComparison.Ordinal);
        Assert.Contains("--app is 'shop.example'; it must be an absolute http or https URL.", output, StringComparison.Ordinal);
        Assert.Contains("--host is 'shop'; it must be an IP address or localhost.", output, StringComparison.Ordinal);
        Assert.Contains("--event-key is missing (STEPWELL_EVENT_KEY)", output, StringComparison.Ordinal);
        Assert.Contains("--signing-key is missing (STEPWELL_SIGNING_KEY)", output, StringComparison.Ordinal);
        Assert.Contains("--storage is no connection string", output, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0LWtleQ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        await WriteSettingsAsync(new { Dev = true, Port = "file-port", RetryInterval = "file-interval", Concurrency = "file-concurrency", App = s_fileApps });

        var (exitCode, output) = await RunAsync(["--port", "line-port"], ("STEPWELL_PORT", "variable-port"), ("STEPWELL_RETRY_INTERVAL", "variable-interval"));

        Assert.Equal(1, exitCode);
        Assert.Contains("--port is 'line-port'", output, StringComparison.Ordinal);
        Assert.Contains("--retry-interval is 'variable-interval'", output, StringComparison.Ordinal);
        Assert.Contains("--concurrency is 'file-concurrency'", output, StringComparison.Ordinal);
        Assert.Contains("--app is 'file-app'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_runs_with_what_file_and_environment_say()
    {
        var port = FreePort.Take();
        await WriteSettingsAsync(new { Dev = true, Port = "file-port" });
        using var process = Start([], ("STEPWELL_PORT", $"{port}"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        await Eventually.BecomesTrueAsync(() => AnswersAsync(http), () => process.Output);

        Assert.Contains($"listens on http://127.0.0.1:{port} in development mode, without keys; its state is in memory", process.Output, StringComparison.Ordinal);
        // A server that listened everywhere would be found at the other loopback addresses too.
        using var elsewhere = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => elsewhere.ConnectAsync(IPAddress.Parse("127.0.0.2"), port));
        Assert.Equal(0, await process.TerminateAsync());
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public async Task Development_mode_listens_on_loopback_only(string host)
    {
        var (exitCode, output) = await RunAsync(["--dev", "--host", host]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"--host is '{host}': with --dev", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_named()
    {
        var (exitCode, output) = await RunAsync(["--dev", "--retry-intervall", "1"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("'--retry-intervall'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_setting()
    {
        var (exitCode, output) = await RunAsync(["--help"]);

        Assert.Equal(0, exitCode);
        Assert.All(Stepwell.Executor.Hosting.Setting.All, setting => Assert.Contains(setting.Option, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_ends_the_start_with_the_reason()
    {
        var (exitCode, output) = await RunAsync(["--dev", "--port", "0", "--storage", NobodyListens]);

        Assert.Equal(1, exitCode);
        Assert.Equal("The storage account of --storage cannot be used: Connection refused (127.0.0.1:1)", output.Trim());
    }

    [Fact]
    public async Task An_account_without_an_identity_to_use_ends_the_start_with_the_reason()
    {
        // Where a host gives out managed identities, it says so in these variables; here nobody listens.
        var (exitCode, output) = await RunAsync(
            ["--dev", "--port", "0", "--storage-account", "https://nobodyhere.table.core.windows.net"],
            ("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential"), ("IDENTITY_ENDPOINT", "http://127.0.0.1:1/token"), ("IDENTITY_HEADER", "none"));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The storage account 'nobodyhere' of --storage-account cannot be used: ", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_of_another_machine_are_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] keys = ["--event-key", "key", "--signing-key", "signkey-test-12345678"];

        var (takenCode, takenOutput) = await RunAsync(["--dev", "--port", $"{port}"]);
        var (otherCode, otherOutput) = await RunAsync(["--host", "192.0.2.1", "--port", $"{port}", .. keys]);

        Assert.Equal((1, 1), (takenCode, otherCode));
        Assert.Contains($"The server cannot listen on 127.0.0.1:{port}", takenOutput, StringComparison.Ordinal);
        Assert.Contains($"The server cannot listen on 192.0.2.1:{port}", otherOutput, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(arguments, environment);
        return (await process.WaitForExitAsync(), process.Output);
    }

    private ServerProcess Start(string[] arguments, params (string Name, string Value)[] environment) => new(
        BuiltProgram.PathOf("src/Executor.Server", "Stepwell.Executor.Server"),
        arguments,
        environment.ToDictionary(variable => variable.Name, variable => variable.Value),
        _folder);

    private Task WriteSettingsAsync(object settings) =>
        File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), JsonSerializer.Serialize(new { Stepwell = settings }));

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri("health", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
