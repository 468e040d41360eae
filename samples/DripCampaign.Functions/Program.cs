using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stepwell.AzureFunctions;
using Stepwell.Samples.DripCampaign;
using Stepwell.Sdk;

var builder = FunctionsApplication.CreateBuilder(args);

builder.Services.AddSingleton<IMailer, FileMailer>();
builder.AddStepwell(new StepwellClient("drip-campaign"))
    .AddFunction<WelcomeMails>()
    .AddFunction<DinnerReminder>();

await builder.Build().RunAsync();
