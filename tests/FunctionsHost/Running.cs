using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepwell.FunctionsWorker.Contract;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>Runs the program of a function app, in which this host takes the place of the worker.</summary>
internal static class Running
{
    public static int Run(FileInfo file, int port)
    {
        // As where the app runs by itself.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", file.DirectoryName + Path.DirectorySeparatorChar);
        var assembly = Load(file);
        WorkerContract.CreateHost = args => CreateHost(args, assembly, new HostSettings(file.DirectoryName!), port, _ => { });
        return assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null) is int code ? code : 0;
    }

    /// <summary>Loads the app, whose libraries lie beside it. What this host has too is shared.</summary>
    private static Assembly Load(FileInfo file)
    {
        var libraries = new AssemblyDependencyResolver(file.FullName);
        AssemblyLoadContext.Default.Resolving += (context, name) => libraries.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file.FullName);
    }

    /// <summary>The builder of an app's program, in which the triggers are hosted services.</summary>
    public static HostApplicationBuilder CreateHost(string[] args, Assembly assembly, HostSettings settings, int port, Action<IConfigurationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(args);
        configure(builder.Configuration);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        var functions = FunctionReading.Read(assembly, builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Invoker>();
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<HttpListening>(services, functions, new ListeningPort(port)));
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TimerTicking>(services, functions));
        foreach (var queue in functions.Where(function => function.Trigger is Trigger.Queue))
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<QueueListening>(services, queue));

        return builder;
    }
}
