using System.Collections.Immutable;

namespace Stepwell.Executor.Ports;

/// <summary>
/// The queue of work, in shards. A message never expires; it is delivered at least once, in no particular order, to one receiver at a time
/// while that one's lease lasts.
/// </summary>
public interface IWorkQueue
{
    /// <summary>The number of shards, at least 1.</summary>
    int Shards { get; }

    /// <summary>The longest delay and lease: 7 days (a limit of Azure Storage Queues).</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);

    /// <summary>The largest body in bytes of UTF-8 (a limit of Azure Storage Queues).</summary>
    const int MaxBodyBytes = 65_536;

    /// <summary>
    /// Sends a message that becomes visible after the delay (0 to <see cref="MaxDelay"/>, whole seconds, fractions are cut off). Tries once: after an exception
    /// it is unknown whether the message was sent, and the caller decides whether to send another.
    /// </summary>
    /// <exception cref="ArgumentException">The body is empty, too large, or holds what a queue does not carry (see <see cref="WorkQueueRules"/>), or the delay is out of range.</exception>
    Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a message that the sender works on itself: hidden for the lease (1 s to <see cref="MaxDelay"/>) as if it had been received, and counted as received 0 times.
    /// Should the sender die, it becomes visible when the lease is over. Tries once, as <see cref="SendAsync"/> does.
    /// </summary>
    /// <exception cref="ArgumentException">As for <see cref="SendAsync"/>, or the lease is out of range.</exception>
    Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Receives up to <paramref name="max"/> (1 to 32) visible messages and hides them for the lease (1 s to <see cref="MaxDelay"/>).</summary>
    Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Hides a message for another time from now on; zero gives it back at once.</summary>
    Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Gives a held message another body, and hides it for the lease (1 s to <see cref="MaxDelay"/>) from now on. Only one who holds it can.</summary>
    /// <exception cref="ArgumentException">As for <see cref="SendHeldAsync"/>.</exception>
    Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Deletes a message, unless it was lost meanwhile.</summary>
    Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken);
}
