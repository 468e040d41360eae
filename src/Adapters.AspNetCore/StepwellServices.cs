using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Stepwell.Sdk;
using Stepwell.Sdk.Serving;

namespace Stepwell.AspNetCore;

/// <summary>Adds an app's functions to an ASP.NET Core app.</summary>
public static class StepwellServices
{
    /// <summary>Adds a client and the functions that it has made. The app registers with its executor once it listens.</summary>
    /// <param name="services">The services.</param>
    /// <param name="client">The app's client.</param>
    /// <exception cref="InvalidOperationException">When the app starts: in production the signing key is missing.</exception>
    public static StepwellBuilder AddStepwell(this IServiceCollection services, StepwellClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(client);
        services.AddSingleton(provider => new ServeHandler(
            client, "aspnetcore", provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ServedPath>();
        services.AddHostedService<Registering>();
        return new StepwellBuilder(client);
    }
}
