using System.Collections.Immutable;
using Stepwell.Protocol.Events;

namespace Stepwell.Executor.Operations;

/// <summary>Accepts events: when it returns, they and the starts of all functions that they trigger are durable.</summary>
public sealed class IngestEvents(AppDirectory directory, StartTriggered start, TimeProvider time)
{
    /// <summary>Returns the internal ids in the order of the events.</summary>
    /// <param name="body">One event or an array.</param>
    /// <param name="seed">The header <c>x-inngest-event-id-seed</c>: a request repeated with the same seed gives the same ids and so the same runs.</param>
    /// <param name="cancellationToken">Ends the attempt; the sender then repeats it.</param>
    /// <exception cref="RefusedException">Something is wrong with an event; none was accepted.</exception>
    public async Task<ImmutableArray<string>> IngestAsync(ReadOnlyMemory<byte> body, string? seed, CancellationToken cancellationToken)
    {
        var ids = EventIdSeed.TryParse(seed, out var given) ? given : EventIdSeed.Create(time);
        var accepted = EventReading.Read(body, ids.IdOf, time.GetUtcNow());
        if (!accepted.IsEmpty)
            await start.RunAsync(accepted, await directory.ForEventsAsync(accepted.Select(happened => happened.Name), cancellationToken), cancellationToken);

        return [.. accepted.Select(happened => happened.InternalId)];
    }
}
