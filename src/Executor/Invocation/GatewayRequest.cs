using System.Text;
using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>The requests that ops describe: <c>step.fetch</c> says all of it, <c>step.ai.infer</c> a body and the format of the provider, which says how its key is sent.</summary>
internal static class GatewayRequest
{
    private const string Gemini = "gemini";
    private const string Anthropic = "anthropic";
    private const string AnthropicVersion = "2023-06-01";

    private static readonly (string, string) s_userAgent = ("user-agent", "Stepwell");
    private static readonly (string, string) s_jsonType = ("content-type", "application/json");

    /// <exception cref="FormatException">What the op says is no request.</exception>
    public static HttpRequestMessage Of(GatewayCall call)
    {
        using var document = call.Opts.Parse();
        var opts = document.RootElement;
        var url = Text(opts, "url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new FormatException($"its url is '{url}'; it must be an absolute http or https URL");

        var isInference = call.Op == OpCode.AIGateway;
        var request = isInference ? Inference(opts, uri) : Plain(opts, uri);
        if (Member(opts, "headers") is { ValueKind: JsonValueKind.Object } headers)
        {
            foreach (var header in headers.EnumerateObject())
                Add(request, LenientText.NameOf(header), header.Value.ValueKind == JsonValueKind.String ? LenientText.Of(header.Value) : header.Value.GetRawText());
        }

        // What the op says counts, also where a request has a value of its own.
        foreach (var (name, value) in isInference ? OwnHeaders(Text(opts, "format"), Text(opts, "auth_key") ?? "") : [s_userAgent])
        {
            if (!Has(request, name))
                Add(request, name, value);
        }

        return request;
    }

    private static HttpRequestMessage Plain(JsonElement opts, Uri url)
    {
        var method = Text(opts, "method") is { Length: > 0 } named ? named : "GET";
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        // Some servers refuse a body, even an empty one, with a GET.
        if (Text(opts, "body") is { Length: > 0 } body)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));

        return request;
    }

    private static HttpRequestMessage Inference(JsonElement opts, Uri url)
    {
        var key = Uri.EscapeDataString(Text(opts, "auth_key") ?? "");
        var target = Text(opts, "format") == Gemini ? new UriBuilder(url) { Query = $"{url.Query.TrimStart('?')}&key={key}".TrimStart('&') }.Uri : url;
        var body = Member(opts, "body") is { } json ? json.GetRawText() : "{}";
        return new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
    }

    private static (string Name, string Value)[] OwnHeaders(string? format, string key) => format switch
    {
        Gemini => [s_userAgent, s_jsonType],
        Anthropic => [s_userAgent, s_jsonType, ("x-api-key", key), ("anthropic-version", AnthropicVersion)],
        _ => [s_userAgent, s_jsonType, ("authorization", $"Bearer {key}")],
    };

    private static bool Has(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.Contains(name) || request.Content?.Headers.NonValidated.Contains(name) == true;

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value))
            return;

        // It is a header of the body, then, or none at all.
        request.Content ??= new ByteArrayContent([]);
        if (!request.Content.Headers.TryAddWithoutValidation(name, value))
            throw new FormatException($"'{name}' cannot be a header");
    }

    private static string? Text(JsonElement opts, string name) => Member(opts, name) is { ValueKind: JsonValueKind.String } text ? LenientText.Of(text) : null;

    private static JsonElement? Member(JsonElement opts, string name) => opts.ValueKind == JsonValueKind.Object ? LenientText.Member(opts, name) : null;
}
