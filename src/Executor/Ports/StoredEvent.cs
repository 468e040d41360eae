using System.Collections.Immutable;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>An event that was accepted.</summary>
/// <param name="InternalId">The server's id, a ULID whose time is when it was received.</param>
/// <param name="Id">The sender's id, or the internal one.</param>
/// <param name="Name">1 to 512 characters, any Unicode.</param>
/// <param name="ReceivedAt">When it was accepted.</param>
/// <param name="Json">The event as apps receive it: a canonical JSON object.</param>
/// <param name="Runs">The runs that it starts.</param>
public sealed record StoredEvent(
    string InternalId,
    string Id,
    string Name,
    DateTimeOffset ReceivedAt,
    RawJson Json,
    ImmutableArray<StartedRun> Runs);
