using System.Collections.Concurrent;
using System.Net;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// An attempt to connect that failed after a while is that of all calls which waited meanwhile. Where HTTP/2 may be negotiated the pool connects for one waiting call after the other,
/// so that of many calls to an app that cannot be reached the last would wait for as many attempts.
/// </summary>
internal sealed class SharedFailures(ConnectTimes times, TimeProvider time)
{
    private readonly ConcurrentDictionary<DnsEndPoint, Failure> _failures = new();

    /// <summary>The apps of which a failure is kept.</summary>
    public int Count => _failures.Count;

    /// <exception cref="HttpRequestException">An attempt has failed since the call began for which this one is to be made.</exception>
    public void Share(DnsEndPoint app, WaitingCall call)
    {
        if (_failures.TryGetValue(app, out var failure) && call.Number <= failure.Last && !IsOld(failure))
            throw new HttpRequestException(failure.Message);
    }

    /// <param name="app">What could not be reached.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="took">How long the attempt took.</param>
    public void Failed(DnsEndPoint app, string message, TimeSpan took)
    {
        foreach (var kept in _failures.Where(kept => IsOld(kept.Value)))
            _failures.TryRemove(kept);

        if (took >= times.SharedFrom)
            _failures[app] = new Failure(WaitingCall.Last, message, time.GetTimestamp());
    }

    public void Succeeded(DnsEndPoint app) => _failures.TryRemove(app, out _);

    // The calls that waited have long since been told.
    private bool IsOld(Failure failure) => time.GetElapsedTime(failure.At) > 2 * times.Whole;

    private sealed record Failure(long Last, string Message, long At);
}
