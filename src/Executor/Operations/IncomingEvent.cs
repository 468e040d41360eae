using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>An event that passed the checks.</summary>
/// <param name="InternalId">The server's id, a ULID.</param>
/// <param name="Id">The sender's id, or the internal one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Json">The event as apps receive it, canonical.</param>
public sealed record IncomingEvent(string InternalId, string Id, string Name, RawJson Json);
