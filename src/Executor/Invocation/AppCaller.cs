using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;

namespace Stepwell.Executor.Invocation;

/// <summary>Calls apps over HTTP: writes and signs the call, reads the answer within its limits. What goes wrong is an answer that names the URL.</summary>
public sealed class AppCaller(HttpClient http, TimeProvider time, EngineOptions options) : IAppCalls
{
    private const int MaxRedirects = 3;

    public async Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        var url = CallUrl.For(call.Url, call.Item);
        var requestId = Ulid.NewUlid(time.GetUtcNow()).ToString();
        var body = CallBody.Write(call, requestId);
        using var timeout = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return AnswerReading.Read(await SendAsync(url, call, requestId, body, either.Token), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return AnswerReading.Broken("StepwellTimeout", $"POST {url} was not answered within {TimeString.Format(options.CallTimeout)}.");
        }
        catch (LimitedBody.TooLargeException)
        {
            return AnswerReading.Broken("output_too_large", $"POST {url} was answered with more than {ProtocolLimits.MaxAnswerBytes} bytes. Store large results elsewhere and return a reference.");
        }
        catch (Exception exception) when (AppConnections.IsFailure(exception))
        {
            return AnswerReading.Broken("StepwellCallFailed", $"POST {url} failed: {Sentences.Of(exception)}");
        }
    }

    private async Task<RawAnswer> SendAsync(Uri url, AppCall call, string requestId, byte[] body, CancellationToken cancellationToken)
    {
        var target = url;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(target, call, requestId, body);
            WaitingCall.Begin(request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (redirects < MaxRedirects && SameOriginRedirect(target, response) is { } next)
            {
                target = next;
                continue;
            }

            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            var content = await LimitedBody.ReadAsync(response.Content, ProtocolLimits.MaxAnswerBytes, cancellationToken);
            return new RawAnswer(url, (int)response.StatusCode, headers.GetValueOrDefault, content);
        }
    }

    private HttpRequestMessage Request(Uri url, AppCall call, string requestId, byte[] body)
    {
        // HTTP/2 where TLS negotiates it, else HTTP/1.1.
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower, Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.RunId, call.Run.Id.Value);
        request.Headers.Add(ProtocolHeaders.StepId, call.Item.Value);
        request.Headers.Add(ProtocolHeaders.RequestId, requestId);
        request.Headers.Add(ProtocolHeaders.JobId, call.Job);
        request.Headers.Add(ProtocolHeaders.GenerationId, call.Generation.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(ProtocolHeaders.RequestVersion, call.Run.Version.ToString(CultureInfo.InvariantCulture));
        if (options.SigningKeys is { } keys)
            request.Headers.Add(ProtocolHeaders.Signature, keys.Primary.Sign(body, time.GetUtcNow()));

        return request;
    }

    /// <summary>307 and 308 keep method and body; they are followed where they lead to the same host, never elsewhere.</summary>
    private static Uri? SameOriginRedirect(Uri from, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (307 or 308) || response.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var to))
            return null;

        return to.Scheme == from.Scheme && to.Authority == from.Authority ? to : null;
    }
}
