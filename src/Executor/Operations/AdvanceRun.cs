using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Handles one message of the work queue: load, claim, call, decide, commit, send, delete.</summary>
public sealed class AdvanceRun(
    IWorkQueue queue, RunSessions sessions, ItemWork work, WorkSender sender, LocalStarts starts, TimeProvider time, EngineOptions options, ILogger<AdvanceRun> logger)
{
    // A message that was given back for less would come round and round until another's claim is over.
    private static readonly TimeSpan s_leastRest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Handles a delivery to its end: deletes the message when all that follows from it is durable, or gives it back for later. Nothing that an app
    /// does is thrown; an exception means that storage is down, and the message comes back when its lease is over.
    /// </summary>
    /// <param name="delivery">A message, hidden for <see cref="EngineOptions.ClaimLength"/>.</param>
    /// <param name="stopping">The process is to stop: no new calls, those under way get <see cref="EngineOptions.StopGrace"/>, the rest is given back.</param>
    public async Task HandleAsync(Delivery delivery, CancellationToken stopping)
    {
        if (WorkMessageText.TryRead(delivery.Body, out var message, out var problem))
        {
            var held = new ReceivedMessage(delivery, message, queue, sender, time, options);
            await sessions.WithAsync(message.Run, session => AdvanceAsync(session, held, message, known: null, stopping));
            return;
        }

        // Sent before it is deleted, as always.
        if (WorkMessageText.TryReadStarts(delivery.Body, out var left))
            await sender.SendLeftAsync(left, CancellationToken.None);
        else
            logger.UnreadableMessage(delivery.Id, problem);

        await queue.DeleteAsync(delivery, CancellationToken.None);
    }

    /// <summary>Handles the start of a run that was created in this process just now, and that <see cref="LocalStarts"/> names; as <see cref="HandleAsync"/> does.</summary>
    /// <param name="created">The run as it was created.</param>
    /// <param name="stopping">As for <see cref="HandleAsync"/>.</param>
    public async Task StartAsync(ReadRunOutcome.Found created, CancellationToken stopping)
    {
        var start = new WorkMessage(MessageId.Start, created.Run.Id, [StepKey.Discovery], Fresh: true);
        try
        {
            var held = new StartHere(start, starts, sender, time);
            await sessions.WithAsync(start.Run, session => AdvanceAsync(session, held, start, created, stopping));
        }
        catch
        {
            starts.Abandon(start.Run);
            throw;
        }
    }

    private async Task AdvanceAsync(RunSession session, HeldMessage held, WorkMessage message, ReadRunOutcome.Found? known, CancellationToken stopping)
    {
        await session.ReloadAsync(known);
        if (session.Current is not { } run)
        {
            logger.RunIsGone(message.Run, message.Id);
            await held.DeleteAsync();
            return;
        }

        if (held.IsRedelivery)
            await SendCarriedAsync(session, run, message);

        var handled = new MessageHandling(session, held, message, time, options, logger);
        while (true)
        {
            // Once it has worked, what is left of its items has hints of its own, or is held by others.
            var items = handled.HasWorked ? [] : message.Items;
            switch (Pickup.Of(run, message.Id, items, held.IsFirst, time.GetUtcNow(), options.Patience, handled.Looked))
            {
                case Pickup.Work when handled.IsOver(stopping):
                    await held.PutOffAsync(TimeSpan.Zero);
                    return;
                case Pickup.Work found:
                    await handled.WorkAsync(found, work, stopping);
                    run = session.Current ?? run;
                    break;
                case Pickup.Later later:
                    var rest = sender.Delay(later.At);
                    await held.PutOffAsync(rest < s_leastRest ? s_leastRest : rest);
                    return;
                default:
                    // It had got slots, and is done, or needed no more: the others that the message worked on have slots of their own.
                    if (message.Id == MessageId.Granted && !handled.HasBegun(message.Items[0]) && PendingItems.Find(run, message.Items[0]) is null)
                        await work.GiveBackAsync(run, message.Items[0], CancellationToken.None);

                    await SendCarriedAsync(session, run, message);
                    await held.DeleteAsync();
                    return;
            }
        }
    }

    /// <summary>Sends what came to be under the message and was not sent from here: another of its handlings may have died before doing so.</summary>
    private async Task SendCarriedAsync(RunSession session, Run run, WorkMessage message)
    {
        foreach (var hint in Resending.CarriedBy(run, message.Id, time.GetUtcNow()).Where(hint => !session.HasSent(hint.Id)))
        {
            await sender.SendAsync(run.Id, hint, CancellationToken.None);
            session.MarkSent(hint.Id);
        }
    }
}
