using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using Stepwell.Bench;
using Stepwell.Bench.Core.Results;
using Stepwell.Bench.Results;
using Stepwell.Testing.Azurite;

const string WriteDocs = "--write-docs";

var machine = Machine.Describe();
var writesDocs = args.Contains(WriteDocs);
string[] options = [.. args.Where(argument => argument != WriteDocs)];
if (writesDocs && options.Length > 0)
{
    await Console.Error.WriteLineAsync($"{WriteDocs} puts the results of all benchmarks into the page, so it goes with no other option; there is '{string.Join(' ', options)}'.");
    return 1;
}

// Short, so that all of them take a few minutes; as the default it makes way for any --job. BenchmarkDotNet builds everything anew for the process that it measures, which
// takes a quarter less without the analyzers: the build of this program has heard them. That process compiles all code in full at its first call: otherwise better and better
// code would come from a thread beside it for longer than such a job lasts.
var job = Job.Default
    .WithWarmupCount(4)
    .WithIterationCount(12)
    .WithIterationTime(TimeInterval.FromMilliseconds(150))
    .WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")])
    .WithEnvironmentVariables(new EnvironmentVariable("DOTNET_TieredCompilation", "0"), new EnvironmentVariable("DOTNET_ReadyToRun", "0"))
    .AsDefault();
var config = DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(Repository.Root, "bench", "results", "core"));
// Without a filter BenchmarkDotNet asks which.
var summaries = BenchmarkSwitcher.FromAssembly(typeof(CorePage).Assembly)
    .Run(options.Any(option => option is "-f" || option.StartsWith("--filter", StringComparison.Ordinal)) ? options : [.. options, "--filter", "*"], config)
    .ToList();
try
{
    if (writesDocs)
        await CorePage.WriteAsync(Path.Combine(Repository.Root, "docs", "performance.md"), machine, summaries, CancellationToken.None);
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

return summaries.Exists(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
