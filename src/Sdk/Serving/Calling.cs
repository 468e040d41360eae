using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Errors;
using Stepwell.Sdk.Replay;
using Stepwell.Sdk.Sending;

namespace Stepwell.Sdk.Serving;

/// <summary>Answers calls: replays the function and says how far it came.</summary>
internal sealed class Calling(StepwellClient client, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>The version of the protocol that this library speaks.</summary>
    public const string Version = "2";

    private const int MaxFoundShown = 25;

    private static readonly Failure s_superseded = new() { Name = "StepwellError", Message = "The executor has given this call's place to another, or the run has ended." };

    private readonly CallReading _reading = new(client, time);
    private readonly CheckpointSender _checkpoints = new(StepwellClient.Http, client.Settings, time, loggers.CreateLogger("Stepwell"));

    public async Task<Reply> AnswerAsync(ServeRequest request, CancellationToken cancellationToken)
    {
        var id = request.Query("fnId");
        if (client.Functions.FirstOrDefault(function => function.Id.Value == id) is not { } function)
            return Trouble($"Function \"{id}\" was not found in this app. It has: {string.Join(", ", client.Functions.Select(known => known.Id.Value))}");

        CallInput call;
        try
        {
            call = await _reading.ReadAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Trouble($"The call cannot be read: {(exception is JsonException json ? JsonProblem.Of(json) : exception.Message)}");
        }

        var logger = loggers.CreateLogger($"Stepwell.Functions.{function.Id}");
        var result = await new FunctionReplay(function, call, _checkpoints, logger, time, cancellationToken).RunAsync(request.Services);
        return Answer(result, call);
    }

    private static Reply Answer(PassResult result, CallInput call) => result switch
    {
        PassResult.Returned returned => new Reply(200, returned.Output.Utf8),
        PassResult.Reported reported => Ops(reported.Ops),
        PassResult.StepThrew threw => Retry(Ops([threw.Op]), threw.Op is StepFailedOp, threw.Exception),
        PassResult.Threw threw => Threw(threw.Exception, call),
        PassResult.Superseded => new Reply(400, s_superseded.ToJson().Utf8).With(ProtocolHeaders.NoRetry, "true"),
        PassResult.NotFound missing => NotFound(call, missing.Found),
        _ => throw new InvalidOperationException($"A pass ended in the unknown way {result.GetType().Name}."),
    };

    private static Reply Ops(ImmutableArray<Op> ops) => Reply.Json(206, ops, ProtocolJson.Default.IReadOnlyListOp);

    private static Reply Threw(Exception exception, CallInput call)
    {
        // A step that failed for good and was not caught cannot succeed in another attempt of the function.
        var isFinal = call.IsLastAttempt || exception is NonRetriableException or StepFailedException;
        return Retry(new Reply(isFinal ? 400 : 500, ErrorJson.Write(exception).Utf8), isFinal, exception);
    }

    private static Reply Retry(Reply reply, bool isFinal, Exception exception)
    {
        reply.With(ProtocolHeaders.NoRetry, isFinal ? "true" : "false");
        if (!isFinal && exception is RetryAfterException after)
            reply.With(ProtocolHeaders.RetryAfter, RetryAfter(after));

        return reply;
    }

    private static string RetryAfter(RetryAfterException exception) => exception.At is { } at
        ? TimeString.Format(at)
        : Math.Ceiling(exception.Delay!.Value.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static Reply NotFound(CallInput call, ImmutableArray<Replay.FoundStep> found)
    {
        var shown = found.Take(MaxFoundShown).Select(step => new Protocol.Calls.FoundStep(step.Key.Value, step.Userland.Id, step.Userland.Id)).ToList();
        var error = $"Could not find step \"{call.Target}\" to run; timed out. Found new steps: {string.Join(", ", shown.Select(step => step.Name))}";
        return Reply.Json(500, new StepNotFoundReply(error, call.Target!.Value.Value, shown, found.Length), ProtocolJson.Default.StepNotFoundReply)
            .With(ProtocolHeaders.NoRetry, "false");
    }

    /// <summary>Trouble of the app, not of the function: without a word about retries, so that it is tried again.</summary>
    private static Reply Trouble(string message) =>
        new(500, new Failure { Name = "StepwellError", Message = message }.ToJson().Utf8);
}
