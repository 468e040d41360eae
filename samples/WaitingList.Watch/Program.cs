using System.CommandLine;
using Spectre.Console;
using Stepwell.Samples.WaitingList.Watch;

var executor = new Option<string>("--executor") { Required = true, Description = "Base URL of the executor." };
var app = new Option<string>("--app") { Required = true, Description = "Where the app serves its functions." };
var server = new Option<int?>("--server") { Description = "The process that keeps the executor going; watching ends when it has ended." };
var data = new Option<string>("--data") { Required = true, Description = "Folder of the sample's output." };
var from = new Option<DateOnly>("--from") { Description = "Invite who signed up from this day on (UTC).", DefaultValueFactory = _ => new(2026, 11, 1) };
var until = new Option<DateOnly>("--until") { Description = "… and before this one.", DefaultValueFactory = _ => new(2026, 12, 1) };
var timeout = new Option<int>("--timeout") { Description = "Seconds until watching gives up.", DefaultValueFactory = _ => 300 };

var command = new RootCommand("Sends invite.users and shows the steps of its run as they happen.") { executor, app, server, data, from, until, timeout };
command.SetAction((parsed, cancellationToken) => WatchAsync(
    new WatchSettings(
        new Uri(parsed.GetRequiredValue(executor)),
        new Uri(parsed.GetRequiredValue(app)),
        parsed.GetValue(server),
        parsed.GetRequiredValue(data),
        parsed.GetValue(from),
        parsed.GetValue(until),
        TimeSpan.FromSeconds(parsed.GetValue(timeout))),
    cancellationToken));
return await command.Parse(args).InvokeAsync();

static async Task<int> WatchAsync(WatchSettings settings, CancellationToken cancellationToken)
{
    using var deadline = new CancellationTokenSource(settings.Timeout);
    using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
    try
    {
        return Outcome.Print(await ShowAsync(settings, either.Token), settings);
    }
    catch (WatchException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return e.ExitCode;
    }
    catch (OperationCanceledException) when (deadline.IsCancellationRequested)
    {
        await Console.Error.WriteLineAsync($"The run has not ended within {settings.Timeout.TotalSeconds} seconds.");
        return 1;
    }
    catch (OperationCanceledException)
    {
        return 130;
    }
}

static async Task<Answers.Run> ShowAsync(WatchSettings settings, CancellationToken cancellationToken)
{
    using var http = new HttpClient { BaseAddress = settings.Executor, Timeout = TimeSpan.FromSeconds(20) };
    Task<Answers.Run> OnAsync(IDisplay display) =>
        new Watching(new ExecutorClient(http, settings.Server, TimeProvider.System, display), display, settings, TimeProvider.System).RunAsync(cancellationToken);

    if (Console.IsOutputRedirected)
        return await OnAsync(new PlainDisplay(Console.Out));

    return await AnsiConsole.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(bars => OnAsync(new TerminalDisplay(AnsiConsole.Console, bars.AddTask("starting").IsIndeterminate())));
}
