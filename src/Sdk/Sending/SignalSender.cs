using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;

namespace Stepwell.Sdk.Sending;

/// <summary>Sends signals to the executor.</summary>
internal sealed class SignalSender(HttpClient http, ClientSettings settings)
{
    /// <summary>Returns the run that got it; null when none waits.</summary>
    public async Task<string?> SendAsync(string signal, RawJson data, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"data\":{data},\"signal\":\"{JsonEncodedText.Encode(signal)}\"}}");
        var (status, reply) = await PostAsync(body, settings.SigningKeys?.Primary, cancellationToken);
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && settings.SigningKeys?.Fallback is { } fallback)
            (status, reply) = await PostAsync(body, fallback, cancellationToken);

        return status switch
        {
            HttpStatusCode.OK => reply?.Data?.RunId,
            HttpStatusCode.NotFound => null,
            _ => throw new StepwellException($"The executor at {settings.BaseUrl} answered {(int)status} to signal '{signal}': {reply?.Error ?? "without a reason"}"),
        };
    }

    private async Task<(HttpStatusCode Status, SignalReply? Reply)> PostAsync(byte[] body, SigningKey? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseUrl, "/v1/signals")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.Sdk, SdkVersion.Header);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.BearerToken);

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (response.StatusCode, bytes is [(byte)'{', ..] ? JsonSerializer.Deserialize(bytes, SdkJson.Default.SignalReply) : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            throw new StepwellException($"The signal could not be sent to {settings.BaseUrl}: {exception.Message}", exception);
        }
    }
}
