namespace Stepwell.Executor.Ports;

/// <summary>What came of reading a payload.</summary>
public abstract record ReadPayloadOutcome
{
    private ReadPayloadOutcome() { }

    public sealed record Found(ReadOnlyMemory<byte> Content) : ReadPayloadOutcome;

    public sealed record NotFound : ReadPayloadOutcome;
}
