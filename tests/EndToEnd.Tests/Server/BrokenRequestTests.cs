using System.Net.Sockets;
using System.Text;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>A request whose body does not come as HTTP lays bodies out.</summary>
public sealed class BrokenRequestTests
{
    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused_with_a_sentence_and_is_no_failure_of_the_server()
    {
        await using var executor = await ExecutorServer.StartAsync("--dev");
        using var client = new TcpClient();
        await client.ConnectAsync(executor.Url.Host, executor.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /e/key HTTP/1.1\r\nHost: {executor.Url.Authority}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"error\":\"The body cannot be read: ", answer, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await executor.PostAsync("e/key", """{"name":"still/there"}""")).Status);
        Assert.DoesNotContain("unhandled exception", executor.Output, StringComparison.Ordinal);
    }
}
