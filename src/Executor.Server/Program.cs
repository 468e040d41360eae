using Stepwell.Executor.Server;

return await ServerCommand.Create(ServerHost.RunAsync).Parse(args).InvokeAsync();
