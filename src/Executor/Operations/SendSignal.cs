using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Brings a signal to the run that waits for it.</summary>
public sealed class SendSignal(IWaitStore waits, MatchWaits match, TimeProvider time)
{
    /// <summary>Returns the run that gets it; null when none waits. Of several signals of one name the first is the one that the run gets.</summary>
    /// <param name="name">The signal's name.</param>
    /// <param name="signal">What the run gets: <c>{"data":…,"signal":…}</c>, canonical.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<RunId?> SendAsync(string name, RawJson signal, CancellationToken cancellationToken)
    {
        foreach (var wait in await waits.FindAsync(WaitPlace.Of(WaitPlaces.SignalTopic(name)), cancellationToken))
        {
            if (wait.Caught is null && await match.LeaveAsync(wait, signal, Ulid.NewUlid(time.GetUtcNow()).ToString(), cancellationToken))
                return wait.Run;
        }

        return null;
    }
}
