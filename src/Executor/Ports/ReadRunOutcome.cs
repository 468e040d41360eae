using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Ports;

/// <summary>What came of reading a run.</summary>
public abstract record ReadRunOutcome
{
    private ReadRunOutcome() { }

    public sealed record Found(Run Run, RunVersion Version) : ReadRunOutcome;

    public sealed record NotFound : ReadRunOutcome;
}
