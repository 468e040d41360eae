using System.CommandLine;
using Stepwell.Executor.Server;

// The host itself answers SIGTERM and Ctrl-C: it has work to bring to its end, and the command line's own limit of two seconds would cut that off.
return await ServerCommand.Create((settings, cancellationToken) => ServerHost.RunAsync(settings, cancellationToken)).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
