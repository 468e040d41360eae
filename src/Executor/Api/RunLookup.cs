using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>Finds the run that a path names.</summary>
internal static class RunLookup
{
    public static async Task<Run?> FindAsync(this IRunStore runs, ApiCall call, CancellationToken cancellationToken) =>
        RunId.TryParse(call["id"], out var id) && await runs.ReadAsync(id, cancellationToken) is ReadRunOutcome.Found found ? found.Run : null;

    public static ApiResponse NotFound(ApiCall call) => ApiJson.Error(404, $"There is no run '{call["id"]}'.");
}
