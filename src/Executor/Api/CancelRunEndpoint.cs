using Stepwell.Executor.Operations;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>Cancels a run. One that has ended stays as it ended; the answer shows which.</summary>
public sealed class CancelRunEndpoint(CancelRun cancel, TimeProvider time) : IEndpoint
{
    public string Method => "DELETE";

    public string Route => "/v1/runs/{id}";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) =>
        RunId.TryParse(call["id"], out var id) && await cancel.CancelAsync(id, "cancelled over the API", cancellationToken) is { } run
            ? ApiJson.Data(time.GetUtcNow(), (writer, now) => RunJson.Write(writer, run, now, withSteps: false))
            : RunLookup.NotFound(call);
}
