using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Api;

/// <summary>Lets a paused function go on: what starts it from now on starts runs. What was skipped meanwhile stays skipped.</summary>
public sealed class ResumeFunctionEndpoint(PauseFunction pause, TimeProvider time) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/v1/functions/{id}/resume";

    public Access Access => Access.SigningKey;

    public Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) => PauseFunctionEndpoint.SetAsync(pause, call, isPaused: false, time, cancellationToken);
}
