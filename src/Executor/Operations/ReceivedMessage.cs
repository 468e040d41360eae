using System.Security.Cryptography;
using System.Text;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>A message that was received from the queue.</summary>
internal sealed class ReceivedMessage(Delivery delivery, WorkMessage message, IWorkQueue queue, WorkSender sender, TimeProvider time, EngineOptions options) : HeldMessage
{
    private Delivery _delivery = delivery;
    private bool _isLost;

    public override string Name { get; } = NameOf(delivery);

    public override bool IsRedelivery => _delivery.DequeueCount > (message.Held ? 0 : 1);

    public override bool IsFirst => message.Fresh && !IsRedelivery;

    public override bool IsLost => _isLost;

    public override Task KeepAsync() => ExtendAsync(options.ClaimLength);

    /// <summary>One that was received very often is given back as a new one.</summary>
    public override async Task PutOffAsync(TimeSpan rest)
    {
        if (_delivery.DequeueCount < options.MostDeliveries)
        {
            await ExtendAsync(rest);
            return;
        }

        await sender.SendAsync(message.Run, new Hint(message.Id, message.Items, time.GetUtcNow() + rest), CancellationToken.None);
        await DeleteAsync();
    }

    // What somebody else has by now is theirs to delete.
    public override Task DeleteAsync() => IsLost ? Task.CompletedTask : queue.DeleteAsync(_delivery, CancellationToken.None);

    private async Task ExtendAsync(TimeSpan lease)
    {
        if (!IsLost && await queue.ExtendAsync(_delivery, lease, CancellationToken.None) is LeaseOutcome.Held held)
            _delivery = held.Delivery;
        else
            _isLost = true;
    }

    // A queue's ids are long, and a claim's name goes into every commit.
    private static string NameOf(Delivery delivery) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(delivery.Id)).AsSpan(0, 4))}-{delivery.DequeueCount}";
}
