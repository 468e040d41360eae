using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>Finds the event that a path names.</summary>
internal static class EventLookup
{
    /// <summary>What is no ULID cannot be an event's id, and never reaches storage.</summary>
    public static async Task<ReadEventOutcome> FindAsync(this IEventStore events, ApiCall call, CancellationToken cancellationToken) =>
        UlidText.TryRead(call["id"], out var id) ? await events.ReadAsync(id, cancellationToken) : new ReadEventOutcome.NotFound();

    public static ApiResponse NotFound(ApiCall call) =>
        ApiJson.Error(404, $"There is no event '{call["id"]}'. An event is found by the id that the executor answered when it was sent.");
}
