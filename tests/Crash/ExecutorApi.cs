using System.Net;
using System.Text;
using System.Text.Json;
using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>Asks any of the executors, again and again while none answers.</summary>
internal sealed class ExecutorApi(Uri executors) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { BaseAddress = executors, Timeout = TimeSpan.FromSeconds(20) };
    private int _sendings;

    /// <summary>How often an event was sent, those times included that nobody answered.</summary>
    public int Sendings => _sendings;

    /// <summary>Sends an event until it is accepted, always with the same id. Returns the executor's own id for it.</summary>
    public async Task<string> SendAsync(CrashEvent sent, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(
            new { name = Shapes.EventOf(sent.Shape), id = sent.Order.Key, data = JsonSerializer.SerializeToElement(sent.Order, CrashJson.Default.Order) });
        var answer = await InsistAsync(
            () =>
            {
                Interlocked.Increment(ref _sendings);
                return new HttpRequestMessage(HttpMethod.Post, "e/test") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            },
            cancellationToken);
        return answer.GetProperty("ids")[0].GetString()!;
    }

    public async Task<IReadOnlyList<ShownRun>> RunsOfAsync(string eventId, CancellationToken cancellationToken) =>
        [.. (await GetAsync($"v1/events/{eventId}/runs", cancellationToken)).GetProperty("data").EnumerateArray().Select(ShownRun.Read)];

    /// <summary>What the executors know of a run, for people.</summary>
    public async Task<string> DescribeAsync(string runId, CancellationToken cancellationToken) =>
        (await GetAsync($"v1/runs/{runId}", cancellationToken)).GetProperty("data").GetRawText();

    /// <summary>The ids of the functions that are registered, each with where it is called.</summary>
    public async Task<IReadOnlyDictionary<string, Uri>> FunctionsAsync(CancellationToken cancellationToken) =>
        (await GetAsync("dev", cancellationToken)).GetProperty("functions").EnumerateArray()
            .ToDictionary(function => function.GetProperty("id").GetString()!, function => new Uri(function.GetProperty("url").GetString()!));

    public void Dispose() => _http.Dispose();

    private Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        InsistAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    private async Task<JsonElement> InsistAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var request = create();
                using var response = await _http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                    return JsonSerializer.Deserialize<JsonElement>(text);

                if ((int)response.StatusCode < 500)
                    throw new InvalidOperationException($"{request.Method} {request.RequestUri} was answered {(int)response.StatusCode}: {text}");
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // An executor has died, the connection was cut, or none is up.
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }
}
