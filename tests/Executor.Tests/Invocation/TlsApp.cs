using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>A web server on this machine behind TLS, with a certificate that only its own caller trusts.</summary>
internal sealed class TlsApp : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = NewCertificate();
    private readonly WebApplication _app;

    private TlsApp(HttpProtocols protocols, int streams, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = streams;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(_certificate);
            });
        });
        _app = builder.Build();
        _app.Run(context =>
        {
            Requests.Enqueue(new Received(context.Request.Protocol, context.Connection.Id, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return answer(context);
        });
    }

    /// <summary>The requests in the order in which they came.</summary>
    public ConcurrentQueue<Received> Requests { get; } = new();

    public int Connections => Requests.Select(request => request.Connection).Distinct().Count();

    public int Port { get; private set; }

    public Uri Url => UrlAt(Port);

    public static async Task<TlsApp> StartAsync(HttpProtocols protocols, Func<HttpContext, Task> answer, int streams = 100)
    {
        var app = new TlsApp(protocols, streams, answer);
        await app._app.StartAsync();
        app.Port = new Uri(app._app.Urls.Single()).Port;
        return app;
    }

    public static Uri UrlAt(int port) => new($"https://127.0.0.1:{port}/api/stepwell?fnId=shop-f&stepId=step");

    /// <summary>Answers as an SDK does when the function has returned null.</summary>
    public static async Task ReturnNullAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-inngest-sdk"] = "test:v1.0.0";
        context.Response.Headers["x-inngest-req-version"] = "2";
        await context.Response.WriteAsync("null");
    }

    public void Trust(SocketsHttpHandler handler) =>
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetCertHashString() == _certificate.GetCertHashString();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    internal sealed record Received(string Protocol, string Connection, IReadOnlyDictionary<string, string> Headers);
}
