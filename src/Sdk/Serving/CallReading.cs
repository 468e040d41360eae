using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk.Serving;

/// <summary>Reads a call, and fetches what was too large to come along.</summary>
internal sealed class CallReading(StepwellClient client, TimeProvider time)
{
    private const int DefaultMaxAttempts = 5;

    /// <exception cref="JsonException">The body is no call, or one of a version that this library does not speak.</exception>
    public async Task<CallInput> ReadAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        Utf8Text.Require(request.Body.Span);
        var body = JsonSerializer.Deserialize(request.Body.Span, ProtocolJson.Default.CallRequest) ?? throw new JsonException("The call is null.");
        RequireVersion(request, body);
        var context = body.Context ?? new CallContext();
        var events = body.Events ?? [];
        var steps = body.Steps ?? new Dictionary<string, RawJson>();
        if (context.UseApi || body.UseApi)
        {
            var batch = FetchAsync($"/v0/runs/{context.RunId}/batch", cancellationToken);
            var actions = await FetchAsync($"/v0/runs/{context.RunId}/actions", cancellationToken);
            events = JsonSerializer.Deserialize(await batch, ProtocolJson.Default.IReadOnlyListRawJson) ?? [];
            steps = JsonSerializer.Deserialize(actions, ProtocolJson.Default.IReadOnlyDictionaryStringRawJson) ?? steps;
        }

        var memos = new Dictionary<StepKey, Memo>(steps.Count);
        foreach (var (id, memo) in steps)
        {
            if (StepKey.TryParse(id, out var key))
                memos[key] = Memo.FromWire(memo);
        }

        if (events.Count == 0)
            events = [body.Event];

        if (events.Any(one => one.Utf8.Span[0] != (byte)'{'))
            throw new JsonException("An event is missing, or is no JSON object.");

        StepKey? target = StepKey.TryParse(request.Query("stepId"), out var asked) && !asked.IsDiscovery ? asked : null;
        return new CallInput(
            context.RunId,
            target,
            context.Attempt,
            context.MaxAttempts > 0 ? context.MaxAttempts : DefaultMaxAttempts,
            context.DisableImmediateExecution,
            events,
            memos,
            context.Stack?.Stack ?? [],
            target is null ? CheckpointsOf(context) : null);
    }

    private CheckpointPlace? CheckpointsOf(CallContext context) =>
        client.Settings.Checkpointing && !context.DisableImmediateExecution && context is { FunctionId.Length: > 0, QueueItemId.Length: > 0 }
            ? new CheckpointPlace(context.FunctionId, context.QueueItemId, context.RequestId, context.GenerationId, time.GetUtcNow())
            : null;

    // Before the first answer it is -1. Versions 1 and 2 differ in what the executor does with an answer; all others have other ids and ops.
    private static void RequireVersion(ServeRequest request, CallRequest body)
    {
        var asked = int.TryParse(request.Header(ProtocolHeaders.RequestVersion), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version) ? version : body.Version;
        if (asked is not (null or -1 or 1 or 2))
            throw new JsonException($"It is of version {asked} of the protocol; this app speaks versions 1 and 2.");
    }

    private async Task<byte[]> FetchAsync(string path, CancellationToken cancellationToken)
    {
        var keys = client.Settings.SigningKeys;
        var response = await GetAsync(path, keys?.Primary, cancellationToken);
        if ((int)response.StatusCode is 401 or 403 && keys?.Fallback is { } fallback)
        {
            response.Dispose();
            response = await GetAsync(path, fallback, cancellationToken);
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"The executor answered {(int)response.StatusCode} to GET {path}, where the run's state is.");

            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, SigningKey? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.Settings.BaseUrl, path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.BearerToken);

        return await StepwellClient.Http.SendAsync(request, cancellationToken);
    }
}
