using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Api;

/// <summary>Shows a run with its steps, in the order in which they were found.</summary>
public sealed class ReadRunEndpoint(IRunStore runs, TimeProvider time) : IEndpoint
{
    public string Method => "GET";

    public string Route => "/v1/runs/{id}";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) =>
        await runs.FindAsync(call, cancellationToken) is { } run
            ? ApiJson.Data(time.GetUtcNow(), (writer, now) => RunJson.Write(writer, run, now, withSteps: true))
            : RunLookup.NotFound(call);
}
