using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stepwell.Protocol;
using Stepwell.Protocol.Ops;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk.Sending;

/// <summary>Sends steps to the executor while the call that ran them goes on: <c>POST /v1/checkpoint/{run}/async</c>.</summary>
internal sealed class CheckpointSender(HttpClient http, ClientSettings settings, TimeProvider time, ILogger logger)
{
    // Together about as long as the other SDKs try before they answer the call instead.
    private const int MaxRetries = 4;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    // The call that waits for it must be answered before a proxy loses patience, or its step is lost.
    private static readonly TimeSpan s_longestTry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    // An app may be called by an executor that it does not reach itself: that costs it the tries once a minute, not at every step.
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(1);

    private long _restsUntil;

    /// <summary>Whether the last checkpoint was taken, or a while ago.</summary>
    public bool IsReady => time.GetUtcNow().UtcTicks >= Volatile.Read(ref _restsUntil);

    /// <summary>Sends a step, again after a failure; a step that the executor has already is passed over there. Throws nothing but the cancellation.</summary>
    public async Task<CheckpointOutcome> SendAsync(string runId, CheckpointPlace place, StepRunOp step, CancellationToken cancellationToken)
    {
        var body = Write(runId, place, step);
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var (status, problem) = await TryAsync(runId, body, cancellationToken);
            switch (status)
            {
                case HttpStatusCode.OK:
                    return CheckpointOutcome.Saved;
                case HttpStatusCode.Conflict:
                    return CheckpointOutcome.Superseded;
                case HttpStatusCode.RequestEntityTooLarge:
                    return CheckpointOutcome.Failed;
            }

            // Any other answer of this kind would be given again.
            var isRefusal = (int?)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
            if (isRefusal || attempt == MaxRetries || time.GetElapsedTime(began) >= s_longest)
            {
                logger.NoCheckpoint(settings.BaseUrl, problem);
                Volatile.Write(ref _restsUntil, (time.GetUtcNow() + s_rest).UtcTicks);
                return CheckpointOutcome.Failed;
            }

            await Task.Delay(s_firstPause * ((1 << attempt) + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    /// <summary>The status that was answered, null when there was no answer, and either as words.</summary>
    private async Task<(HttpStatusCode? Status, string Problem)> TryAsync(string runId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource(s_longestTry, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, cancellationToken);
        try
        {
            var status = await PostAsync(runId, body, settings.SigningKeys?.Primary, either.Token);
            if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && settings.SigningKeys?.Fallback is { } fallback)
                status = await PostAsync(runId, body, fallback, either.Token);

            return (status, $"it answered {(int)status}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, tooLong.IsCancellationRequested ? $"it did not answer in {s_longestTry.TotalSeconds:0} s" : exception.Message);
        }
    }

    private async Task<HttpStatusCode> PostAsync(string runId, ReadOnlyMemory<byte> body, SigningKey? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseUrl, $"/v1/checkpoint/{Uri.EscapeDataString(runId)}/async"));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.Sdk, SdkVersion.Header);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.BearerToken);

        using var response = await http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private ReadOnlyMemory<byte> Write(string runId, CheckpointPlace place, StepRunOp step)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("run_id", runId);
            writer.WriteString("fn_id", place.FunctionId);
            writer.WriteString("qi_id", place.QueueItemId);
            writer.WriteString("request_id", place.RequestId);
            if (place.GenerationId is { } generation)
                writer.WriteNumber("generation_id", generation);

            writer.WriteNumber("request_started_at", place.StartedAt.ToUnixTimeMilliseconds());
            writer.WriteNumber("ts", time.GetUtcNow().ToUnixTimeMilliseconds());
            writer.WritePropertyName("steps");
            JsonSerializer.Serialize(writer, [step], ProtocolJson.Default.IReadOnlyListOp);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
