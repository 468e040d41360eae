using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>Asks the executor, again and again while it does not answer: it may be on its way back.</summary>
public sealed class ExecutorClient(HttpClient http, int? server, TimeProvider time, IDisplay display)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the app has registered a function at its address of today: the one of yesterday may be remembered.</summary>
    public async Task WaitForFunctionAsync(string functionId, Uri app, CancellationToken cancellationToken)
    {
        display.Doing($"waiting until {functionId} is registered");
        var end = time.GetUtcNow() + s_patience;
        while (!Array.Exists(
            (await GetAsync("dev", AnswersJson.Default.Dev, cancellationToken)).Functions,
            function => function.Id == functionId && function.Url.StartsWith(app.AbsoluteUri, StringComparison.Ordinal)))
        {
            if (time.GetUtcNow() > end)
                throw new WatchException($"{app} has not registered {functionId} within {s_patience.TotalSeconds} seconds; the executor's log says why.");
            await PauseAsync(cancellationToken);
        }
    }

    public async Task<string> SendAsync(CurrentEvent current, CancellationToken cancellationToken)
    {
        var answer = await InsistAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, "e/local") { Content = new StringContent(current.Body) };
                request.Headers.Add("x-inngest-event-id-seed", current.Seed);
                return request;
            },
            cancellationToken);
        return JsonSerializer.Deserialize(answer, AnswersJson.Default.Sent)!.Ids[0];
    }

    public async Task<string> WaitForRunAsync(string eventId, CancellationToken cancellationToken)
    {
        display.Doing("waiting for the run to start");
        while (true)
        {
            var runs = await GetAsync($"v1/events/{eventId}/runs", AnswersJson.Default.EnvelopeRunArray, cancellationToken);
            if (runs.Data is [var run, ..])
                return run.RunId;
            await PauseAsync(cancellationToken);
        }
    }

    public async Task<Answers.Run> ReadRunAsync(string runId, CancellationToken cancellationToken) =>
        (await GetAsync($"v1/runs/{runId}", AnswersJson.Default.EnvelopeRun, cancellationToken)).Data;

    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(s_pause, time, cancellationToken);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await GetTextAsync(path, cancellationToken), type)!;

    private Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        InsistAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    private async Task<string> InsistAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        DateTimeOffset? awaySince = null;
        while (true)
        {
            try
            {
                using var request = create();
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                if ((int)response.StatusCode is >= 400 and < 500)
                    throw new WatchException($"{request.RequestUri} answered {(int)response.StatusCode}: {text}");
                response.EnsureSuccessStatusCode();
                if (awaySince is not null)
                    display.Note("The executor answers again.");
                return text;
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (server is { } process && !IsAlive(process))
                    throw new WatchException("The process that served the executor has ended.", exitCode: 3);
                if (awaySince is null)
                    display.Note($"The executor does not answer ({e.Message}); waiting for it.");
                awaySince ??= time.GetUtcNow();
                if (time.GetUtcNow() - awaySince > s_patience)
                    throw new WatchException($"The executor has not answered for {s_patience.TotalSeconds} seconds: {e.Message}");
                await PauseAsync(cancellationToken);
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
