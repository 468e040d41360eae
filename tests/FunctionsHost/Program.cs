using System.CommandLine;
using Stepwell.Testing.FunctionsHost;

var app = new Argument<FileInfo>("app") { Description = "The compiled function app: its .dll, beside which its host.json lies." };
var port = new Option<int>("--port") { Description = "The port of 127.0.0.1 to listen on." };
var command = new RootCommand("Runs a function app on the contract of the Azure Functions worker, for tests.") { app, port };
command.SetAction(parsed => Running.Run(parsed.GetRequiredValue(app), parsed.GetValue(port)));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
