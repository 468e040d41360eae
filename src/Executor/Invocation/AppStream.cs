using System.Net.Sockets;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// What is sent to an app and comes from it. The TLS handshake is the pool's, which tells of its failure only the one call for which it connected, and tries the next: that the handshake failed
/// is noticed by the closing of what it went over, which comes before both.
/// </summary>
internal sealed class AppStream(Socket socket, ConnectAttempt attempt) : NetworkStream(socket, ownsSocket: true)
{
    private int _isClosed;

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isClosed, 1) == 0)
            attempt.Closed();

        base.Dispose(disposing);
    }
}
