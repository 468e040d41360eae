using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stepwell.Sdk.Tests.World;

/// <summary>Stands where the executor is: answers over HTTP as a test says, and keeps what it was asked.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly WebApplication _app;
    private readonly Func<RecordedRequest, int, (int Status, string Body)> _answer;

    private RecordingServer(Func<RecordedRequest, int, (int Status, string Body)> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public Uri Url => new(_app.Urls.First());

    /// <summary>Options of an app whose executor this is.</summary>
    public StepwellOptions Dev => new() { IsDev = true, BaseUrl = Url };

    /// <param name="answer">Status and body, from the request and its number, from 0. Status 0 breaks the connection.</param>
    public static async Task<RecordingServer> StartAsync(Func<RecordedRequest, int, (int Status, string Body)> answer)
    {
        var server = new RecordingServer(answer);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        int number;
        lock (_requests)
        {
            number = _requests.Count;
            _requests.Enqueue(request);
        }

        var (status, body) = _answer(request, number);
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
