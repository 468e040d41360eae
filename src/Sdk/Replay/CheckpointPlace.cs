namespace Stepwell.Sdk.Replay;

/// <summary>Where the executor takes the checkpoints of a call: what it offered with the call, and gets back as it was.</summary>
internal sealed record CheckpointPlace(string FunctionId, string QueueItemId, string? RequestId, int? GenerationId, DateTimeOffset StartedAt);
