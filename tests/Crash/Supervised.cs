using System.Collections.Concurrent;
using Stepwell.Testing.Azurite;

namespace Stepwell.Crash.Tests;

/// <summary>A program that is started again when it has ended, however it ended: at once when it was killed. What each of its processes printed is kept in a folder.</summary>
internal sealed class Supervised : IAsyncDisposable
{
    private static readonly TimeSpan s_pulse = TimeSpan.FromMilliseconds(100);

    // What ended by itself would hardly do better at once.
    private static readonly TimeSpan s_afterOwnEnd = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly Uri _health;
    private readonly string _logs;
    private readonly Func<ServerProcess> _start;
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _ownEnds = [];
    private readonly Task _keeping;
    private volatile TaskCompletionSource? _ready;
    private int _kills;

    public Supervised(string name, Uri health, string logs, Func<ServerProcess> start)
    {
        (_name, _health, _logs, _start) = (name, health, logs, start);
        _keeping = KeepGoingAsync();
    }

    public int Kills => _kills;

    /// <summary>What those of its processes said last that ended by themselves.</summary>
    public IReadOnlyCollection<string> OwnEnds => _ownEnds;

    public bool IsReady => _ready is not null;

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public void Kill() => _ready?.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task KeepGoingAsync()
    {
        for (var life = 1; !_stop.IsCancellationRequested; life++)
        {
            using var process = _start();
            try
            {
                await LiveAsync(process);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The test is over; disposing the process ends it.
            }

            await File.WriteAllTextAsync(Path.Combine(_logs, $"{_name}-{life}.log"), process.Output);
        }
    }

    private async Task LiveAsync(ServerProcess process)
    {
        var ended = process.WaitForExitAsync(_stop.Token);
        await BecomeReadyAsync(ended);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ready = killed;
        var first = await Task.WhenAny(ended, killed.Task);
        _ready = null;
        if (first == killed.Task)
        {
            Interlocked.Increment(ref _kills);
            await process.KillAsync();
            return;
        }

        await ended;
        _ownEnds.Enqueue($"{_name}: {process.Output}");
        await Task.Delay(s_afterOwnEnd, _stop.Token);
    }

    private async Task BecomeReadyAsync(Task ended)
    {
        using var pulse = new PeriodicTimer(s_pulse);
        while (!ended.IsCompleted && !await AnswersAsync())
            await pulse.WaitForNextTickAsync(_stop.Token);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(_health, _stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
