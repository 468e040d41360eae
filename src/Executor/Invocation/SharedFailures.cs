using System.Collections.Concurrent;
using System.Net;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// An attempt to connect that failed is that of all calls which waited meanwhile. Where HTTP/2 may be negotiated the pool connects for one waiting call after the other, so that of many
/// calls to an app that cannot be reached the last would wait for as many attempts.
/// </summary>
internal sealed class SharedFailures
{
    private static readonly HttpRequestOptionsKey<long> s_number = new("stepwell.number");
    private static long s_last;

    private readonly ConcurrentDictionary<DnsEndPoint, (long Last, string Message)> _failures = new();

    /// <summary>Numbers a call: one with a smaller number began before it.</summary>
    public static void Number(HttpRequestMessage request) => request.Options.Set(s_number, Interlocked.Increment(ref s_last));

    /// <exception cref="HttpRequestException">An attempt has failed since the call began for which this one is to be made.</exception>
    public void Share(DnsEndPoint app, HttpRequestMessage request)
    {
        if (_failures.TryGetValue(app, out var failure) && request.Options.TryGetValue(s_number, out var number) && number <= failure.Last)
            throw new HttpRequestException(failure.Message);
    }

    public void Failed(DnsEndPoint app, string message) => _failures[app] = (Interlocked.Read(ref s_last), message);

    public void Succeeded(DnsEndPoint app) => _failures.TryRemove(app, out _);
}
