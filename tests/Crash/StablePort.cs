using System.Net;
using System.Net.Sockets;

namespace Stepwell.Crash.Tests;

/// <summary>A port that stays free while its program is down: systems give connections that go out ports from above 32,767.</summary>
internal static class StablePort
{
    private const int Least = 20_000;
    private const int Most = 32_000;

    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(Least, Most);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody has it; another one is tried.
            }
        }
    }
}
