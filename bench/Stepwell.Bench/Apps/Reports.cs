using System.Collections.Concurrent;

namespace Stepwell.Bench.Apps;

/// <summary>The reports of an app, each awaited by what it tells and the number of the event that started the run.</summary>
internal sealed class Reports
{
    private readonly ConcurrentDictionary<(string What, int Number), TaskCompletionSource<Report>> _reports = [];

    /// <summary>The first report of its kind counts: a body that runs again has told it before.</summary>
    public void Add(Report report) => Of(report.What, report.Number).TrySetResult(report);

    public Task<Report> NextAsync(string what, int number, CancellationToken cancellationToken) => Of(what, number).Task.WaitAsync(cancellationToken);

    private TaskCompletionSource<Report> Of(string what, int number) =>
        _reports.GetOrAdd((what, number), _ => new TaskCompletionSource<Report>(TaskCreationOptions.RunContinuationsAsynchronously));
}
