using Microsoft.Extensions.Logging;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Operations;

/// <summary>What becomes of a run of which the queue has given a message up, because it was received too often: the run fails, and says why.</summary>
public sealed class GiveUpMessage(ApplyFact apply, WorkSender sender, ILogger<GiveUpMessage> logger)
{
    /// <summary>Fails the run of a message. Text that is no message, a run that is gone and one that has ended change nothing.</summary>
    /// <param name="id">The queue's id of the message.</param>
    /// <param name="body">Its text.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task HandleAsync(string id, string body, CancellationToken cancellationToken)
    {
        if (!WorkMessageText.TryRead(body, out var message, out var problem))
        {
            // Nothing is wrong with any of the runs that it names.
            if (WorkMessageText.TryReadStarts(body, out var left))
                await sender.SendLeftAsync(left, cancellationToken);
            else
                logger.UnreadableMessage(id, problem);

            return;
        }

        var error = RunFailures.Poisoned(id).ToJson();
        var run = await apply.ToAsync(message.Run, new Fact.GivenUp(error) { By = Handling.Outside }, cancellationToken);
        if (run is null)
            logger.RunIsGone(message.Run, message.Id);
        else if (run.Outcome is RunOutcome.Failed failed && failed.Error == error)
            logger.MessageGivenUp(run.Id, message.Id);
    }
}
