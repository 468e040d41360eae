using System.Net.Sockets;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests;

public sealed class AzuriteTests
{
    [Fact]
    public async Task It_listens_when_it_has_started_and_is_gone_when_disposed()
    {
        var azurite = await AzuriteProcess.StartAsync();
        var ports = azurite.ConnectionString.Split(';').Where(part => part.Contains("Endpoint=", StringComparison.Ordinal))
            .Select(part => new Uri(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]).Port).ToList();

        Assert.Equal(3, ports.Count);
        Assert.All(ports, port => Connect(port));
        await azurite.DisposeAsync();
        Assert.All(ports, port => Assert.Throws<SocketException>(() => Connect(port)));
    }

    private static void Connect(int port)
    {
        using var client = new TcpClient();
        client.Connect("127.0.0.1", port);
    }
}
