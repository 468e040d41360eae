using System.Globalization;
using System.Text;
using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Invocation;

/// <summary>What an app's HTTP answer means. An answer that is not an SDK's (a login page, a proxy's error) is a failed call, whatever its status.</summary>
public static class AnswerReading
{
    private const int ShownCharacters = 200;

    /// <param name="answer">The answer.</param>
    /// <param name="now">The time that a retry-after in absolute time counts from.</param>
    public static AppAnswer Read(RawAnswer answer, DateTimeOffset now)
    {
        if (answer.Header(ProtocolHeaders.Sdk) is null && answer.Status != 201)
            return NotAnApp(answer);

        try
        {
            var advice = RetryAdviceReading.Read(answer.Header, now);
            return answer.Status switch
            {
                200 => Returned(answer, advice),
                201 => Read(StreamedAnswer.Unwrap(answer), now),
                206 => Reported(answer, advice),
                _ when advice.NoRetry => new AppAnswer.Failed(ErrorOf(answer)),
                _ => new AppAnswer.Broken(ErrorOf(answer), advice),
            };
        }
        catch (JsonException exception)
        {
            return Broken("StepwellBadAnswer", $"{Place(answer)} with a body that cannot be used: {JsonProblem.Of(exception)} It began: {Shown(answer)}");
        }
    }

    private static AppAnswer Returned(RawAnswer answer, RetryAdvice advice)
    {
        var output = answer.Body.IsEmpty ? RawJson.Null : CanonicalJson.Canonicalize(answer.Body);
        return output.Length <= ProtocolLimits.MaxStepOutputBytes
            ? new AppAnswer.Returned(output)
            : new AppAnswer.Broken(OpReading.TooLarge("the function's result", output.Length), advice);
    }

    private static AppAnswer.Reported Reported(RawAnswer answer, RetryAdvice advice)
    {
        var version = int.TryParse(answer.Header(ProtocolHeaders.RequestVersion), NumberStyles.None, CultureInfo.InvariantCulture, out var sent) ? sent : 1;
        return new AppAnswer.Reported(version, OpReading.Read(answer.Body, Place(answer)), advice);
    }

    /// <summary>The error object of an answer that says that something failed, or one that says what came instead.</summary>
    private static RawJson ErrorOf(RawAnswer answer)
    {
        if (TryReadError(answer.Body) is { } error)
            return error;

        return RunFailures.Of("StepwellAppError", $"{Place(answer)}: {Shown(answer)}").ToJson();
    }

    private static RawJson? TryReadError(ReadOnlyMemory<byte> body)
    {
        try
        {
            var json = CanonicalJson.Canonicalize(body);
            using var document = json.Parse();
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;

            if (LenientText.Member(document.RootElement, "message") is not null)
                return json;

            // "Step not found" and other answers of the SDK itself have a sentence under "error".
            return LenientText.Member(document.RootElement, "error") is { ValueKind: JsonValueKind.String } text && LenientText.Of(text) is var sentence && !string.IsNullOrWhiteSpace(sentence)
                ? RunFailures.Of("StepwellAppError", sentence).ToJson()
                : null;
        }
        catch (JsonException)
        {
            // Not JSON: the caller says what came instead.
            return null;
        }
    }

    private static AppAnswer NotAnApp(RawAnswer answer)
    {
        var reason = answer.Status switch
        {
            401 => "The app refused the signature: its signing key and the executor's differ.",
            >= 300 and < 400 => $"Redirects to another place are not followed (location: '{answer.Header("location")}').",
            _ => $"There is no header {ProtocolHeaders.Sdk}, so this is not an app that serves functions.",
        };
        return Broken("StepwellNotAnApp", $"{Place(answer)} {answer.Header("content-type") ?? "without a content type"}. {reason} It began: {Shown(answer)}");
    }

    internal static AppAnswer Broken(string name, string message) => new AppAnswer.Broken(RunFailures.Of(name, message).ToJson(), RetryAdvice.Silent);

    private static string Place(RawAnswer answer) => $"POST {answer.Url} was answered {answer.Status}";

    private static string Shown(RawAnswer answer)
    {
        if (answer.Body.IsEmpty)
            return "(empty)";

        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, ShownCharacters)]);
        return $"'{text.ReplaceLineEndings(" ")}'{(answer.Body.Length > ShownCharacters ? " …" : "")}";
    }
}
