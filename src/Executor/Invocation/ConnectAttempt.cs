using System.Globalization;
using System.Net;

namespace Stepwell.Executor.Invocation;

/// <summary>An attempt to connect to an app, for one call, while others may wait for it.</summary>
/// <param name="app">What is to be reached.</param>
/// <param name="call">The call for which it is made.</param>
/// <param name="failures">Where it is told that it failed.</param>
/// <param name="times">How long it may take.</param>
/// <param name="time">The clock.</param>
/// <param name="ended">Fires when the pool ends the attempt: it took too long, or its call was over a while ago.</param>
internal sealed class ConnectAttempt(DnsEndPoint app, WaitingCall call, SharedFailures failures, ConnectTimes times, TimeProvider time, CancellationToken ended)
{
    private readonly long _began = time.GetTimestamp();

    public void Failed(string message) => failures.Failed(app, message, time.GetElapsedTime(_began));

    /// <summary>What was reached has been closed, maybe before there was a connection.</summary>
    public void Closed()
    {
        var took = time.GetElapsedTime(_began);
        // That a call was over soon says nothing of the app.
        var wasNotWanted = ended.IsCancellationRequested && took < times.Reaching;
        if (!call.IsConnected && !wasNotWanted)
            failures.Failed(app, string.Create(CultureInfo.InvariantCulture, $"the TLS handshake came to nothing after {took.TotalSeconds:0} s"), took);
    }
}
