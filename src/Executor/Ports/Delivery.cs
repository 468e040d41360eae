namespace Stepwell.Executor.Ports;

/// <summary>A message as it was received, or sent held, hidden from others until its lease ends.</summary>
/// <param name="Shard">The queue it came from, from 0.</param>
/// <param name="Id">The queue's own id of it.</param>
/// <param name="Receipt">What to show when deleting it or changing its lease.</param>
/// <param name="Body">Its text.</param>
/// <param name="DequeueCount">How often it was received, this time included: 1 the first time, 0 as it was sent held.</param>
public sealed record Delivery(int Shard, string Id, string Receipt, string Body, long DequeueCount);
