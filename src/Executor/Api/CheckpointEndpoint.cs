using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Api;

/// <summary>Remembers steps that an app has run while its call goes on. 200 means that they are durable; 409 that the call is no longer the run's present one.</summary>
public sealed class CheckpointEndpoint(CheckpointRun checkpoint) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/v1/checkpoint/{id}/async";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (dispatch, ops) = CheckpointReading.Read(call.Request.Body);
        if (ops.OfType<StepRunOp>().FirstOrDefault(op => op.Data.Length > ProtocolLimits.MaxStepOutputBytes) is { } large)
            return ApiJson.Error(413, $"The output of step '{large.Title}' has {large.Data.Length} bytes; the limit is {ProtocolLimits.MaxStepOutputBytes}.");

        if (!RunId.TryParse(call["id"], out var id))
            return RunLookup.NotFound(call);

        return await checkpoint.CheckpointAsync(id, dispatch, ops) switch
        {
            CheckpointOutcome.Remembered => new ApiResponse(200, ReadOnlyMemory<byte>.Empty),
            CheckpointOutcome.Superseded => ApiJson.Error(409, $"Run '{id}' has ended, or another call has taken the place of the one that sent this."),
            _ => RunLookup.NotFound(call),
        };
    }
}
