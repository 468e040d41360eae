using System.Text.Json;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;

namespace Stepwell.Executor.Api;

/// <summary>Gives an app the events that were too large for its call.</summary>
public sealed class RunBatchEndpoint(IRunStore runs) : IEndpoint
{
    public string Method => "GET";

    public string Route => "/v0/runs/{id}/batch";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) =>
        await runs.FindAsync(call, cancellationToken) is { } run
            ? new ApiResponse(200, JsonSerializer.SerializeToUtf8Bytes(run.Events, ProtocolJson.Default.IReadOnlyListRawJson))
            : RunLookup.NotFound(call);
}
