namespace Stepwell.Executor.Ports;

/// <summary>
/// The workers of this process. A run that is created here is worked on here at once if one of them is free (what others call an eager start): a message in the queue
/// names it all the same, held, and is received by another when this process dies.
/// </summary>
public interface ILocalWorkers
{
    /// <summary>Takes a free worker; false when there is none. Whoever took one calls <see cref="Work"/> or <see cref="Release"/>.</summary>
    bool TryTake();

    /// <summary>Lets the taken worker set a run going, and returns at once.</summary>
    /// <param name="created">The run as it was created.</param>
    void Work(ReadRunOutcome.Found created);

    /// <summary>Gives a taken worker back that got no run.</summary>
    void Release();
}
