using Stepwell.Executor.Operations;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>Pauses a function, named by its composite id. One that is paused already stays so.</summary>
public sealed class PauseFunctionEndpoint(PauseFunction pause, TimeProvider time) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/v1/functions/{id}/pause";

    public Access Access => Access.SigningKey;

    public Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) => SetAsync(pause, call, isPaused: true, time, cancellationToken);

    internal static async Task<ApiResponse> SetAsync(PauseFunction pause, ApiCall call, bool isPaused, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!FunctionId.TryParse(call["id"], out var function) || !await pause.SetAsync(function, isPaused, cancellationToken))
            return ApiJson.Error(404, $"No registered app has the function '{call["id"]}'.");

        return ApiJson.Data(time.GetUtcNow(), (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteString("function_id", function.Value);
            writer.WriteBoolean("is_paused", isPaused);
            writer.WriteEndObject();
        });
    }
}
