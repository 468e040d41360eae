using System.Security.Cryptography;
using System.Text;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>A message that this process works on, hidden from others while its lease lasts.</summary>
internal sealed class HeldMessage(Delivery delivery, IWorkQueue queue)
{
    private Delivery _delivery = delivery;

    public string Body => _delivery.Body;

    /// <summary>Whether it was worked on before, so that an earlier holder may have died over it.</summary>
    public bool IsRedeliveryOf(WorkMessage message) => _delivery.DequeueCount > (message.Held ? 0 : 1);

    /// <summary>Whether somebody else has it by now, who may delete it at any time.</summary>
    public bool IsLost { get; private set; }

    /// <summary>How often it was delivered, this time included.</summary>
    public long Deliveries => _delivery.DequeueCount;

    /// <summary>Whether it is the first delivery of the first copy of a start, which owns the claim that was written with the run.</summary>
    public bool IsFirstOf(WorkMessage message) => message.Fresh && !IsRedeliveryOf(message);

    /// <summary>Tells this delivery from all others.</summary>
    public string Name { get; } = NameOf(delivery);

    /// <summary>Keeps it hidden for so long from now.</summary>
    public async Task ExtendAsync(TimeSpan lease)
    {
        if (!IsLost && await queue.ExtendAsync(_delivery, lease, CancellationToken.None) is LeaseOutcome.Held held)
            _delivery = held.Delivery;
        else
            IsLost = true;
    }

    /// <summary>Deletes it, unless somebody else has it by now: then it is theirs to delete.</summary>
    public Task DeleteAsync() => IsLost ? Task.CompletedTask : queue.DeleteAsync(_delivery, CancellationToken.None);

    // A queue's ids are long, and a claim's name goes into every commit.
    private static string NameOf(Delivery delivery) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(delivery.Id)).AsSpan(0, 4))}-{delivery.DequeueCount}";
}
