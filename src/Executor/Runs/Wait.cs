using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>What a parked step waits for, beside its time.</summary>
public abstract record Wait
{
    private Wait() { }

    /// <summary>An event of that name for which the condition holds.</summary>
    public sealed record Event(string Name, string? If) : Wait;

    /// <summary>A signal; <paramref name="Replace"/> takes the place of an earlier waiter.</summary>
    public sealed record Signal(string Name, bool Replace) : Wait;

    /// <summary>The end of a child run.</summary>
    public sealed record Child(FunctionId Function) : Wait;
}
