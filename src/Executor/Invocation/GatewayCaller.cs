using System.Buffers;
using System.Text;
using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>
/// Makes the requests that steps ask for. Whatever status <c>step.fetch</c> is answered is its result; an inference that is not answered 2xx has failed. What fails
/// is tried again like any step.
/// </summary>
public sealed class GatewayCaller(HttpClient http, TimeProvider time, EngineOptions options) : IGatewayCalls
{
    public async Task<AppAnswer> CallAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = GatewayRequest.Of(call);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await LimitedBody.ReadAsync(response.Content, ProtocolLimits.MaxStepOutputBytes, either.Token);
            return call.Op == OpCode.AIGateway ? Inferred(call, response, body) : Fetched(call, response, body);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Broken(call, "StepwellTimeout", $"was not answered within {TimeString.Format(options.CallTimeout)}.");
        }
        catch (LimitedBody.TooLargeException)
        {
            return Broken(call, "output_too_large", $"was answered with more than {ProtocolLimits.MaxStepOutputBytes} bytes.", noRetry: true);
        }
        catch (FormatException exception)
        {
            return Broken(call, "StepwellBadRequest", $"cannot be made: {exception.Message}.", noRetry: true);
        }
        catch (Exception exception) when (AppConnections.IsFailure(exception))
        {
            return Broken(call, "StepwellCallFailed", $"failed: {Sentences.Of(exception)}");
        }
    }

    private static AppAnswer.Reported Fetched(GatewayCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("url", response.RequestMessage!.RequestUri!.AbsoluteUri);
            writer.WriteNumber("status_code", (int)response.StatusCode);
            writer.WriteStartObject("headers");
            foreach (var header in response.Headers.Concat(response.Content.Headers))
                writer.WriteString(header.Key, string.Join(",", header.Value));

            writer.WriteEndObject();
            writer.WriteString("body", Encoding.UTF8.GetString(body.Span));
            writer.WriteEndObject();
        }

        return Reported(call, CanonicalJson.Canonicalize(buffer.WrittenMemory));
    }

    private static AppAnswer Inferred(GatewayCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        if (!response.IsSuccessStatusCode)
            return Broken(call, "StepwellInferenceFailed", $"was answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 500)])}");

        try
        {
            return Reported(call, CanonicalJson.Canonicalize(body));
        }
        catch (JsonException exception)
        {
            return Broken(call, "StepwellBadAnswer", $"was answered with what is no JSON: {exception.Message}");
        }
    }

    private static AppAnswer.Reported Reported(GatewayCall call, RawJson data) =>
        new AppAnswer.Reported(-1, [new StepRunOp { Id = call.Step, Name = call.Name, Data = data }], RetryAdvice.Silent);

    private static AppAnswer.Broken Broken(GatewayCall call, string name, string what, bool noRetry = false) =>
        new AppAnswer.Broken(RunFailures.Of(name, $"The request of step '{call.Name}' {what}").ToJson(), new RetryAdvice(NoRetry: noRetry));
}
