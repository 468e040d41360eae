using Stepwell.AspNetCore;
using Stepwell.Crash.App;

// A process that dies leaves its lines behind, and the next one opens a file of its own.
var folder = args[0];
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls(args[1]);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddHttpContextAccessor();
builder.Services.AddSingleton(_ => Ledger.Open(folder));
builder.Services.AddScoped<CallLedger>();
builder.Services.AddStepwell(Functions.App);

var app = builder.Build();
app.MapStepwell("/api/stepwell");
app.MapGet("/health", () => "");
app.Run();
