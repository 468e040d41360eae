using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>
/// Receives the messages of one queue and hands each to its function. What is done well is deleted, what fails is hidden for a while and received again, and what has failed too
/// often goes to the poison queue: as <c>QueueListener</c> and <c>QueueProcessor</c> of the WebJobs SDK do it.
/// </summary>
internal sealed class QueueListening(TriggeredFunction function, Invoker invoker, HostSettings settings, IConfiguration configuration, TimeProvider time, ILogger<QueueListening> logger)
    : BackgroundService
{
    // Of the WebJobs SDK.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_leastPause = TimeSpan.FromMilliseconds(100);

    private readonly string _name = ((Trigger.Queue)function.Trigger).Name;
    private readonly HashSet<Task> _handling = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var queue = Client(_name);
        var pause = s_leastPause;
        try
        {
            while (true)
            {
                while (_handling.Count > settings.NewBatchThreshold)
                    _handling.Remove(await Task.WhenAny(_handling).WaitAsync(stoppingToken));

                var received = await ReceiveAsync(queue, stoppingToken);
                foreach (var message in received)
                    _handling.Add(HandleAsync(queue, message));

                _handling.RemoveWhere(task => task.IsCompleted);
                if (received.Length > 0)
                {
                    pause = s_leastPause;
                    continue;
                }

                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < settings.MaxPollingInterval ? pause * 2 : settings.MaxPollingInterval;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was received is brought to its end.
        }

        await Task.WhenAll(_handling);
    }

    private QueueClient Client(string name)
    {
        var options = new QueueClientOptions { MessageEncoding = settings.IsBase64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None };
        // What is not in the encoding that the host expects is poison to it.
        options.MessageDecodingFailed += failed => PoisonAsync(failed.Queue, failed.ReceivedMessage);
        return new QueueClient(configuration["AzureWebJobsStorage"], name, options);
    }

    private async Task<QueueMessage[]> ReceiveAsync(QueueClient queue, CancellationToken stoppingToken)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.BatchSize, s_lease, stoppingToken)).Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return [];
        }
        catch (RequestFailedException failed)
        {
            logger.Unusable(failed, _name);
            return [];
        }
    }

    private async Task HandleAsync(QueueClient queue, QueueMessage message)
    {
        await Task.Yield();
        try
        {
            await CallAsync(queue, message);
        }
        catch (RequestFailedException failed)
        {
            // The message comes back when its lease is over.
            logger.Unusable(failed, _name);
        }
    }

    private async Task CallAsync(QueueClient queue, QueueMessage message)
    {
        if (message.DequeueCount > settings.MaxDequeueCount)
        {
            await PoisonAsync(queue, message);
            return;
        }

        try
        {
            await invoker.CallAsync(function, _ => message);
        }
        catch (Exception exception)
        {
            logger.Failed(exception, function.Name);
            await UnlessItIsAnothersAsync(() => message.DequeueCount >= settings.MaxDequeueCount
                ? PoisonAsync(queue, message)
                : queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: settings.VisibilityTimeout));
            return;
        }

        await UnlessItIsAnothersAsync(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt));
    }

    private async Task PoisonAsync(QueueClient queue, QueueMessage message)
    {
        // There is none for a poison queue.
        if (!_name.EndsWith("-poison", StringComparison.Ordinal))
        {
            logger.Poisoned(message.MessageId, _name, message.DequeueCount);
            var poison = Client($"{_name}-poison");
            await poison.CreateIfNotExistsAsync();
            await poison.SendMessageAsync(message.Body);
        }

        await UnlessItIsAnothersAsync(() => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt));
    }

    /// <summary>A message that was deleted, or whose receipt is old, is left to whoever has it.</summary>
    private static async Task UnlessItIsAnothersAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (RequestFailedException exception) when (exception.Status == 404 || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // As it should be.
        }
    }
}
