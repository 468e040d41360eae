using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Stepwell.Sdk;
using Stepwell.Sdk.Serving;

namespace Stepwell.AzureFunctions;

/// <summary>Adds an app's functions to a function app.</summary>
public static class StepwellServices
{
    /// <summary>
    /// Adds a client and the functions that it has made. An HTTP function of the app hands its requests to <see cref="StepwellHttp"/>. A function app that nobody calls does not run,
    /// so it does not register itself: after each deployment, <c>PUT</c> its endpoint.
    /// </summary>
    /// <param name="builder">The function app.</param>
    /// <param name="client">The app's client.</param>
    /// <exception cref="InvalidOperationException">At the first request: in production the signing key is missing.</exception>
    public static StepwellBuilder AddStepwell(this FunctionsApplicationBuilder builder, StepwellClient client)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(client);
        builder.Services.AddSingleton(provider => new ServeHandler(
            client, "azurefunctions", provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<StepwellHttp>();
        return new StepwellBuilder(client);
    }
}
