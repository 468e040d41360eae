using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>Calls functions, each with a scope and an instance of its class of its own.</summary>
internal sealed class Invoker(IServiceProvider services, HostSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Invoker> logger)
{
    /// <summary>Calls a function and returns what its task gives.</summary>
    /// <param name="function">The function.</param>
    /// <param name="bind">Gives the value for the trigger's parameter.</param>
    /// <param name="cancelled">Ends it early: the client has gone.</param>
    /// <exception cref="TimeoutException">It took longer than functionTimeout. The process ends, as that of the worker does.</exception>
    public async Task<object?> CallAsync(TriggeredFunction function, Func<FunctionContext, object> bind, CancellationToken cancelled = default)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new Invocation { InstanceServices = scope.ServiceProvider };
        using var tooLong = new CancellationTokenSource(settings.FunctionTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancelled, tooLong.Token, lifetime.ApplicationStopping);
        var instance = ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!);
        var trigger = bind(context);
        object?[] arguments = [.. function.Method.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(CancellationToken) ? end.Token : parameter.ParameterType == typeof(FunctionContext) ? context : trigger)];
        var called = (Task?)function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null) ?? Task.CompletedTask;
        var late = Task.Delay(Timeout.InfiniteTimeSpan, tooLong.Token);
        await Task.WhenAny(called, late);
        if (tooLong.IsCancellationRequested)
        {
            logger.TimedOut(function.Name, settings.FunctionTimeout);
            lifetime.StopApplication();
            throw new TimeoutException($"Function '{function.Name}' took longer than {settings.FunctionTimeout}.");
        }

        await called;
        return called.GetType().GetProperty("Result")?.GetValue(called);
    }

    private sealed class Invocation : FunctionContext
    {
        public override required IServiceProvider InstanceServices { get; set; }
    }
}
