using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Api;

/// <summary>Brings a signal to the run that waits for it: <c>{"signal":"name","data":…}</c>. 404 when none waits.</summary>
public sealed class SendSignalEndpoint(SendSignal send, TimeProvider time) : IEndpoint
{
    private const int MaxNameLength = 512;

    public string Method => "POST";

    public string Route => "/v1/signals";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var document = RequestBody.Parse(call.Request);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || LenientText.Member(root, "signal") is not { ValueKind: JsonValueKind.String } signal)
            throw new RefusedException("The body must be an object with the signal's name as the string 'signal', and 'data' beside it if there is any.");

        var name = LenientText.Of(signal);
        if (name.Length is 0 or > MaxNameLength)
            throw new RefusedException($"signal has {name.Length} characters; the name of a signal has 1 to {MaxNameLength}.");

        var data = LenientText.Member(root, "data")?.GetRawText() ?? "null";
        var sent = RawJson.FromString($"{{\"data\":{data},\"signal\":{signal.GetRawText()}}}");
        if (await send.SendAsync(name, sent, cancellationToken) is not { } run)
            return ApiJson.Error(404, "No signal found");

        return ApiJson.Data(time.GetUtcNow(), (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteString("run_id", run.Value);
            writer.WriteEndObject();
        });
    }
}
