using Microsoft.Extensions.Logging;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;

namespace Stepwell.Sdk.Serving;

/// <summary>Serves an app's functions: calls (POST), sync (PUT) and introspection (GET). It knows no web framework.</summary>
public sealed class ServeHandler
{
    private readonly StepwellClient _client;
    private readonly TimeProvider _time;
    private readonly Calling _calling;
    private readonly Syncing _syncing;
    private readonly Introspecting _introspecting;

    /// <summary>Makes the handler of an app.</summary>
    /// <param name="client">The app.</param>
    /// <param name="framework">The framework in front, for people: <c>aspnetcore</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Makes the functions' loggers.</param>
    /// <exception cref="InvalidOperationException">In production the signing key is missing.</exception>
    public ServeHandler(StepwellClient client, string framework, TimeProvider time, ILoggerFactory loggers)
    {
        client.Settings.RequireForServing();
        _client = client;
        _time = time;
        _calling = new Calling(client, time, loggers);
        _introspecting = new Introspecting(client, framework);
        _syncing = new Syncing(client, framework, _introspecting);
        Framework = framework;
    }

    private string Framework { get; }

    /// <summary>Tells the executor of the app's functions.</summary>
    /// <param name="url">The serve endpoint's absolute URL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What the executor answered: null when it registered the app, otherwise what is wrong.</returns>
    /// <exception cref="HttpRequestException">The executor cannot be reached.</exception>
    public async Task<string?> RegisterAsync(Uri url, CancellationToken cancellationToken)
    {
        var (status, reply) = await _syncing.RegisterAsync(url, serverKind: null, deployId: null, cancellationToken);
        return status == 200 ? null : reply.Error ?? $"it answered {status}";
    }

    /// <summary>Answers a request. Nothing is thrown but the cancellation.</summary>
    public async Task<ServeResponse> HandleAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        var settings = _client.Settings;
        var signature = request.Header(ProtocolHeaders.Signature);
        var verifiedBy = RequestSignature.VerifiedBy(settings.SigningKeys, request.Body, signature, _time.GetUtcNow());
        var isVerified = verifiedBy is not null;

        // Only a sync out of band is for everybody: it makes the app tell the executor. One in band tells the caller.
        var isOpen = request.Method == "PUT" && !Syncing.IsInBand(request) && string.IsNullOrEmpty(signature);
        if (!settings.IsDev && !isVerified && !isOpen)
            return Unauthorized();

        var reply = await DispatchAsync(request, isVerified, cancellationToken);
        reply.Headers.TryAdd(ProtocolHeaders.RequestVersion, Calling.Version);
        reply.Headers[ProtocolHeaders.Sdk] = SdkVersion.Header;
        reply.Headers["user-agent"] = SdkVersion.Header;
        reply.Headers[ProtocolHeaders.SdkHandled] = "true";
        reply.Headers[ProtocolHeaders.Framework] = Framework;
        if (settings.Environment is { } environment)
            reply.Headers[ProtocolHeaders.Environment] = environment;

        if (isVerified)
            reply.Headers[ProtocolHeaders.Signature] = verifiedBy!.Sign(reply.Body.Span, _time.GetUtcNow());

        return new ServeResponse(reply.Status, reply.Headers, reply.Body);
    }

    private Task<Reply> DispatchAsync(ServeRequest request, bool isVerified, CancellationToken cancellationToken) => request.Method switch
    {
        "GET" => Task.FromResult(_introspecting.Answer(isVerified)),
        "PUT" => _syncing.AnswerAsync(request, cancellationToken),
        "POST" when request.Query("probe") is { } probe => Task.FromResult(Probe(probe)),
        "POST" => _calling.AnswerAsync(request, cancellationToken),
        _ => Task.FromResult(Reply.Json(405, new MessageReply("Method not allowed"), ProtocolJson.Default.MessageReply)),
    };

    private static Reply Probe(string probe) => probe == "trust"
        ? new Reply(200, default)
        : Reply.Json(400, new MessageReply($"Unknown probe '{probe}'"), ProtocolJson.Default.MessageReply);

    private static ServeResponse Unauthorized()
    {
        var reply = Reply.Json(401, new MessageReply("Unauthorized"), ProtocolJson.Default.MessageReply);
        return new ServeResponse(reply.Status, new Dictionary<string, string> { [ProtocolHeaders.SdkHandled] = "true" }, reply.Body);
    }
}
