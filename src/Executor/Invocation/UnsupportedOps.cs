using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>Ops that nothing yet serves. A call that reports them fails with a sentence.</summary>
internal static class UnsupportedOps
{
    public static Op Replace(Op op) => op switch
    {
        DeferAddOp or DeferAbortOp => new UnknownOp
        {
            Id = op.Id,
            SentCode = op.Code,
            Problem = $"The op '{op.Code}' is not served by this version of the executor.",
        },
        _ => op,
    };
}
