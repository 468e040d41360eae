using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Workers that begin when the test lets them.</summary>
internal sealed class TestWorkers : ILocalWorkers
{
    private readonly Queue<ReadRunOutcome.Found> _given = new();

    /// <summary>How many are free.</summary>
    public int Free { get; set; }

    /// <summary>What was given to the workers and is not yet worked on.</summary>
    public int Waiting => _given.Count;

    public bool TryTake()
    {
        if (Free == 0)
            return false;

        Free--;
        return true;
    }

    public void Work(ReadRunOutcome.Found created) => _given.Enqueue(created);

    public void Release() => Free++;

    /// <summary>What was given first.</summary>
    public ReadRunOutcome.Found Next() => _given.Dequeue();
}
