using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>The state of a key of flow control, as it was read.</summary>
/// <param name="State">The state; JSON null when there is none yet.</param>
/// <param name="Version">Names what was read; null when there was nothing. Opaque (an ETag).</param>
public sealed record StoredGate(RawJson State, string? Version);
