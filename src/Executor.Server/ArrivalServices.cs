using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>Lets the pump know what arrives.</summary>
internal static class ArrivalServices
{
    /// <summary>Has the queue that was registered tell the pump what arrives.</summary>
    public static void WatchArrivals(this IServiceCollection services)
    {
        var queue = services.Last(service => service.ServiceType == typeof(IWorkQueue));
        services.Remove(queue);
        services.AddSingleton<IWorkQueue>(provider =>
            new WatchedQueue((IWorkQueue)queue.ImplementationFactory!(provider), provider.GetRequiredService<Arrivals>()));
    }
}
