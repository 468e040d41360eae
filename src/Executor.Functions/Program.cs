using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Stepwell.Executor.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddExecutor();
await builder.Build().RunAsync();
