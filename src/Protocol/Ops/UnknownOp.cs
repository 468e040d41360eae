namespace Stepwell.Protocol.Ops;

/// <summary>An op whose code is not known, or which lacks what its code needs.</summary>
public sealed record UnknownOp : Op
{
    /// <summary>The code as sent.</summary>
    public required string SentCode { get; init; }

    /// <summary>What is wrong, as a sentence.</summary>
    public required string Problem { get; init; }

    public override string Code => SentCode;
}
