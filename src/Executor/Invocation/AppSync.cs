using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Invocation;

/// <summary>Asks an app to register: it answers with its registration (in band), or sends it to the executor's API first (out of band).</summary>
public sealed class AppSync(HttpClient http, SyncApp sync, EngineOptions options, TimeProvider time)
{
    private const string InBand = "in_band";
    private const int MostShown = 300;

    /// <param name="app">Its serve endpoint.</param>
    /// <param name="serverKind">The executor's kind, <c>dev</c> or <c>cloud</c>: an app that expects the other refuses.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>Empty when the app has registered, otherwise what is wrong, to go on after "the app has not registered:".</returns>
    public async Task<string> AskAsync(Uri app, string serverKind, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(app, serverKind);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                return $"it answered {(int)response.StatusCode}: {Shown(body)}{Advice((int)response.StatusCode)}";

            return Header(response, ProtocolHeaders.SyncKind) == InBand ? await TakeAsync(response, body, cancellationToken) : "";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"it does not answer ({exception.Message.TrimEnd('.')})";
        }
    }

    private HttpRequestMessage Request(Uri app, string serverKind)
    {
        // SDKs check signatures over the canonical form of what they read.
        var body = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(new InBandSyncRequest(app.ToString()), ProtocolJson.Default.InBandSyncRequest)).Utf8.ToArray();
        var request = new HttpRequestMessage(HttpMethod.Put, app) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.SyncKind, InBand);
        request.Headers.Add(ProtocolHeaders.ServerKind, serverKind);
        if (options.SigningKeys is { } keys)
            request.Headers.Add(ProtocolHeaders.Signature, keys.Primary.Sign(body, time.GetUtcNow()));

        return request;
    }

    private async Task<string> TakeAsync(HttpResponseMessage response, byte[] body, CancellationToken cancellationToken)
    {
        if (options.SigningKeys is { } keys && keys.Verify(body, Header(response, ProtocolHeaders.Signature), time.GetUtcNow(), out _) is var check and not SignatureCheck.Valid)
            return $"its answer is not signed with the executor's signing key ({check})";

        try
        {
            Utf8Text.Require(body);
            var reply = JsonSerializer.Deserialize(body, ProtocolJson.Default.InBandSyncReply) ?? new InBandSyncReply();
            await sync.RegisterAsync(
                new RegisterRequest { AppName = reply.AppId, Url = reply.Url, Sdk = reply.Sdk, Framework = reply.Framework, AppVersion = reply.AppVersion, Functions = reply.Functions },
                cancellationToken);
            return "";
        }
        catch (JsonException exception)
        {
            return $"its answer is no registration ({JsonProblem.Of(exception).TrimEnd('.')}): {Shown(body)}";
        }
        catch (RefusedException refused)
        {
            return refused.Message;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Shown(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return text.Length <= MostShown ? text : text[..MostShown];
    }

    private static string Advice(int status) => status == 401 ? " (its signing key and the executor's differ)" : "";
}
