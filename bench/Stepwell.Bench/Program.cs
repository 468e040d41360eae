using Stepwell.Bench;
using Stepwell.Bench.Executor;

return args is [BenchExecutor.Verb, .. var rest] ? await BenchExecutor.RunAsync(rest) : await BenchCommand.Create().Parse(args).InvokeAsync();
