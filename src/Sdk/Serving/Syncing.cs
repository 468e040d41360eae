using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Protocol.Signing;

namespace Stepwell.Sdk.Serving;

/// <summary>Registers the app: by telling the executor (out of band), or in answer to it (in band).</summary>
internal sealed class Syncing(StepwellClient client, string framework, Introspecting introspecting)
{
    private const string InBand = "in_band";
    private const string OutOfBand = "out_of_band";

    private static readonly Capabilities s_capabilities = new(TrustProbe: "v1");

    public static bool IsInBand(ServeRequest request) => request.Method == "PUT" && request.Header(ProtocolHeaders.SyncKind) == InBand;

    public async Task<Reply> AnswerAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        if (IsInBand(request))
            return AnswerInBand(request);

        try
        {
            var (status, reply) = await RegisterAsync(request.Url, request.Header(ProtocolHeaders.ServerKind), request.Query("deployId"), cancellationToken);
            var message = new MessageReply(reply.Error ?? "Successfully registered", reply.Modified ?? false);
            return Reply.Json(status, message, ProtocolJson.Default.MessageReply).With(ProtocolHeaders.SyncKind, OutOfBand);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var message = new MessageReply($"The executor at {client.Settings.BaseUrl} cannot be reached: {exception.Message}", Modified: false);
            return Reply.Json(500, message, ProtocolJson.Default.MessageReply).With(ProtocolHeaders.SyncKind, OutOfBand);
        }
    }

    /// <summary>Tells the executor of the functions; with the fallback key too, where it does not take the first.</summary>
    public async Task<(int Status, RegisterReply Reply)> RegisterAsync(Uri url, string? serverKind, string? deployId, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Registration(url), ProtocolJson.Default.RegisterRequest);
        var (status, reply) = await PostAsync(body, client.Settings.SigningKeys?.Primary, serverKind, deployId, cancellationToken);
        if (status is 401 or 403 && client.Settings.SigningKeys?.Fallback is { } fallback)
            (status, reply) = await PostAsync(body, fallback, serverKind, deployId, cancellationToken);

        return (status, reply);
    }

    private Reply AnswerInBand(ServeRequest request)
    {
        if (!TryReadUrl(request, out var url, out var problem))
            return Reply.Json(400, new MessageReply(problem), ProtocolJson.Default.MessageReply).With(ProtocolHeaders.SyncKind, InBand);

        var reply = new InBandSyncReply
        {
            AppId = client.AppId,
            Capabilities = s_capabilities,
            Environment = client.Settings.Environment,
            Framework = framework,
            Functions = Functions(url),
            Inspection = introspecting.Long(),
            SdkAuthor = "stepwell",
            SdkLanguage = "csharp",
            SdkVersion = SdkVersion.Number,
            Sdk = SdkVersion.Header,
            Url = url.GetLeftPart(UriPartial.Path),
        };
        var answer = Reply.Json(200, reply, ProtocolJson.Default.InBandSyncReply).With(ProtocolHeaders.SyncKind, InBand);
        return request.Header(ProtocolHeaders.ServerKind) is { Length: > 0 } kind ? answer.With(ProtocolHeaders.ExpectedServerKind, kind) : answer;
    }

    private static bool TryReadUrl(ServeRequest request, out Uri url, out string problem)
    {
        (url, problem) = (request.Url, "");
        if (request.Body.IsEmpty)
            return true;

        try
        {
            var asked = JsonSerializer.Deserialize(request.Body.Span, ProtocolJson.Default.InBandSyncRequest);
            if (Uri.TryCreate(asked?.Url, UriKind.Absolute, out var given) && given.Scheme is "http" or "https")
            {
                url = given;
                return true;
            }

            problem = $"The url is '{asked?.Url}'; it must be an absolute http or https URL.";
        }
        catch (JsonException exception)
        {
            problem = $"The body is no JSON object with a url: {JsonProblem.Of(exception)}";
        }

        return false;
    }

    private RegisterRequest Registration(Uri url) => new()
    {
        Url = Endpoint(url),
        Framework = framework,
        AppName = client.AppId,
        Sdk = SdkVersion.Header,
        Capabilities = s_capabilities,
        Functions = Functions(url),
    };

    private List<FunctionConfig> Functions(Uri url) =>
        [.. client.Functions.OrderBy(function => function.Id.Value, StringComparer.Ordinal).Select(function => FunctionRegistration.Of(function, Endpoint(url), client.Json))];

    /// <summary>The endpoint as the executor reaches it: what is configured, otherwise what the request named.</summary>
    private string Endpoint(Uri url)
    {
        var origin = client.Settings.ServeOrigin?.GetLeftPart(UriPartial.Authority) ?? url.GetLeftPart(UriPartial.Authority);
        return $"{origin}{client.Settings.ServePath ?? url.AbsolutePath}";
    }

    private async Task<(int Status, RegisterReply Reply)> PostAsync(byte[] body, SigningKey? key, string? serverKind, string? deployId, CancellationToken cancellationToken)
    {
        var path = deployId is null ? "/fn/register" : $"/fn/register?deployId={Uri.EscapeDataString(deployId)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(client.Settings.BaseUrl, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.Sdk, SdkVersion.Header);
        request.Headers.Add(ProtocolHeaders.Framework, framework);
        request.Headers.Add(ProtocolHeaders.SyncKind, OutOfBand);
        if (serverKind is not null)
            request.Headers.Add(ProtocolHeaders.ExpectedServerKind, serverKind);

        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.BearerToken);

        using var response = await StepwellClient.Http.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (Read(bytes) is { } reply)
            return (reply.Status ?? (int)response.StatusCode, reply);

        var shown = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 100)));
        return (response.StatusCode == HttpStatusCode.OK ? 500 : (int)response.StatusCode, new RegisterReply(Error: $"The executor's answer is no JSON object: '{shown}'"));
    }

    private static RegisterReply? Read(byte[] answer)
    {
        try
        {
            return answer is [(byte)'{', ..] ? JsonSerializer.Deserialize(answer, ProtocolJson.Default.RegisterReply) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
