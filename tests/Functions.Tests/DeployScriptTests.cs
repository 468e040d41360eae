using System.Diagnostics;
using System.Text.RegularExpressions;
using Stepwell.Testing.Azurite;

namespace Stepwell.Functions.Tests;

/// <summary>
/// What <c>infra/deploy.sh</c> has done, and in which order: the script as it is, with programs in place of <c>az</c>, <c>dotnet</c>, <c>zip</c> and <c>curl</c> that only note how they were called.
/// </summary>
public sealed partial class DeployScriptTests : IDisposable
{
    private const string SigningKey = "signkey-prod-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    // Longer than the script takes; one that waits for something fails instead of hanging.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stepwell-deploy-");

    public DeployScriptTests()
    {
        // What is asked for is given by its own name: 'executorName' for the output executorName. AZ_FAILS is the call that comes to nothing.
        AddProgram("az", """
            case "$*" in
              "${AZ_FAILS:-none}"*) echo "ERROR: Please run 'az login'" >&2; exit 3 ;;
              "group exists"*) echo "${GROUP_EXISTS:-true}" ;;
              *"deployment group show"*) sed 's/.*properties.outputs.\([A-Za-z]*\).value.*/the-\1/' <<<"$*" ;;
            esac
            """);
        AddProgram("dotnet", """mkdir -p "$(sed 's/.*--output \([^ ]*\).*/\1/' <<<"$*")" """);
        AddProgram("zip", "");
        AddProgram("curl", "");
    }

    private string Log => Path.Combine(_folder.FullName, "calls");

    [Fact]
    public async Task Flex_consumption_gets_what_was_compiled_for_linux()
    {
        var (code, output, problems) = await DeployAsync("my-group", "westeurope");

        Assert.True(code == 0, problems);
        Assert.Equal("The executor runs at the-executorUrl", output);
        Assert.Equal(
            [
                "az group create --name my-group --location westeurope",
                "dotnet publish src/Executor.Functions --configuration Release --runtime linux-x64 --self-contained false -p:PublishReadyToRun=true -p:FunctionsWorker=official",
                "zip -qr ../executor.zip .",
                "az deployment group create --resource-group my-group --name stepwell --template-file infra/main.bicep --parameters infra/main.bicepparam plan=FC1 withApp=false",
                "az functionapp deployment source config-zip --resource-group my-group --name the-executorName --src executor.zip",
                "curl the-executorUrl/health",
            ],
            Calls());
    }

    [Fact]
    public async Task Consumption_gets_what_was_compiled_for_windows_and_an_app_beside_the_executor_is_told_to_register()
    {
        var (code, _, problems) = await DeployAsync("my-group", "westeurope", "--plan", "Y1", "--app", "samples/DripCampaign.Functions");

        Assert.True(code == 0, problems);
        Assert.Equal(
            [
                "az group create --name my-group --location westeurope",
                "dotnet publish src/Executor.Functions --configuration Release --runtime win-x64 --self-contained false -p:PublishReadyToRun=true -p:FunctionsWorker=official",
                "zip -qr ../executor.zip .",
                "dotnet publish samples/DripCampaign.Functions --configuration Release --runtime win-x64 --self-contained false -p:PublishReadyToRun=true -p:FunctionsWorker=official",
                "zip -qr ../app.zip .",
                "az deployment group create --resource-group my-group --name stepwell --template-file infra/main.bicep --parameters infra/main.bicepparam plan=Y1 withApp=true",
                "az storage blob upload --auth-mode login --account-name the-storageName --container-name executor-packages --name package.zip --file executor.zip --overwrite",
                "az functionapp restart --resource-group my-group --name the-executorName",
                "curl the-executorUrl/health",
                "az storage blob upload --auth-mode login --account-name the-storageName --container-name app-packages --name package.zip --file app.zip --overwrite",
                "az functionapp restart --resource-group my-group --name the-appName",
                "curl PUT the-appUrl",
            ],
            Calls());
    }

    [Theory]
    [InlineData("true", 0, "az deployment group what-if --resource-group my-group --template-file infra/main.bicep --parameters infra/main.bicepparam plan=FC1 withApp=false")]
    [InlineData("false", 1)]
    public async Task What_it_would_do_is_shown_where_there_is_a_group_and_nothing_is_changed(string exists, int expected, params string[] calls)
    {
        var (code, _, problems) = await RunAsync(["my-group", "westeurope", "--what-if"], ("GROUP_EXISTS", exists));

        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, problems.Length == 0);
        Assert.Equal(["az group exists --name my-group", .. calls], Calls());
    }

    [Theory]
    [InlineData("group exists", "az group exists --name my-group", "--what-if")]
    [InlineData("group create", "az group create --name my-group --location westeurope")]
    [InlineData(
        "deployment group show",
        "az deployment group create --resource-group my-group --name stepwell --template-file infra/main.bicep --parameters infra/main.bicepparam plan=FC1 withApp=false")]
    [InlineData("functionapp", "az functionapp deployment source config-zip --resource-group my-group --name the-executorName --src executor.zip")]
    public async Task A_call_that_fails_ends_it(string fails, string last, params string[] arguments)
    {
        var (code, _, problems) = await RunAsync(["my-group", "westeurope", .. arguments], ("AZ_FAILS", fails));

        Assert.Equal((3, "ERROR: Please run 'az login'"), (code, problems));
        Assert.Equal(last, Calls()[^1]);
    }

    [Theory]
    [InlineData("STEPWELL_SIGNING_KEY", "my-group", "westeurope")]
    [InlineData("plan 'B1'", "my-group", "westeurope", "--plan", "B1")]
    [InlineData("infra/deploy.sh GROUP LOCATION", "my-group")]
    [InlineData("infra/deploy.sh GROUP LOCATION", "my-group", "westeurope", "--plna", "Y1")]
    public async Task What_is_missing_or_wrong_is_said_before_anything_is_done(string named, params string[] arguments)
    {
        var (code, _, problems) = await RunAsync(arguments, ("STEPWELL_SIGNING_KEY", null));

        Assert.NotEqual(0, code);
        Assert.Contains(named, problems, StringComparison.Ordinal);
        Assert.Empty(Calls());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<(int Code, string Output, string Problems)> DeployAsync(params string[] arguments) => RunAsync(arguments);

    private async Task<(int Code, string Output, string Problems)> RunAsync(string[] arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "infra", "deploy.sh"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["STEPWELL_EVENT_KEY"] = "event-key";
        start.Environment["STEPWELL_SIGNING_KEY"] = SigningKey;
        start.Environment["CALLS"] = Log;
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var problems = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, (await output).Trim(), (await problems).Trim());
    }

    /// <summary>The calls without what says nothing: where the files lie for the while, and how much is printed and tried again.</summary>
    private List<string> Calls() => File.Exists(Log)
        ? [.. File.ReadAllLines(Log)
            .Where(call => !call.StartsWith("az deployment group show", StringComparison.Ordinal))
            .Select(call => Noise().Replace(call, ""))]
        : [];

    private void AddProgram(string name, string body)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\necho \"{name} $*\" >>\"$CALLS\"\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(" --output (none|/\\S+)| --verbosity quiet|/\\S+/(?=\\w+\\.zip)| --(fail|silent|show-error|retry-all-errors|request)| --retry(-delay)? \\d+")]
    private static partial Regex Noise();
}
