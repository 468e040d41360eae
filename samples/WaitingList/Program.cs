using Stepwell.AspNetCore;
using Stepwell.Samples.WaitingList;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddOptions<SampleSettings>().BindConfiguration("Sample").PostConfigure(settings =>
{
    var root = builder.Environment.ContentRootPath;
    settings.Folder = Path.Combine(root, settings.Folder);
    settings.SignUps = Path.Combine(root, settings.SignUps);
    settings.Products = Path.Combine(root, settings.Products);
    Directory.CreateDirectory(settings.Outbox);
});
builder.Services.AddSingleton<SampleDatabase>();
builder.Services.AddSingleton<Journal>();
builder.Services.AddSingleton<Greylist>();
builder.Services.AddSingleton<IWaitingList, CsvWaitingList>();
builder.Services.AddSingleton<IInvites, SqliteInvites>();
builder.Services.AddSingleton<IMailer, OutboxMailer>();
builder.Services.AddSingleton<IShop, SqliteShop>();

builder.Services.AddStepwell(Functions.App).AddFunction<DripCampaign>();

var app = builder.Build();
app.MapStepwell("/api/stepwell");
app.MapPost("/invite", async (InviteUsers period, CancellationToken ct) =>
    new { eventId = await Functions.App.SendAsync(period, ct) });
app.Run();
