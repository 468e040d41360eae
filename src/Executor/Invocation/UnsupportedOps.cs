using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Invocation;

/// <summary>Ops that the run core understands but nothing yet serves. They fail with a sentence instead of waiting for what never comes.</summary>
internal static class UnsupportedOps
{
    public static Op Replace(Op op) => op switch
    {
        WaitForEventOp or WaitForSignalOp or InvokeFunctionOp or GatewayOp or AIGatewayOp => new StepFailedOp
        {
            Id = op.Id,
            Name = op.Name,
            DisplayName = op.DisplayName,
            Userland = op.Userland,
            Race = op.Race,
            Error = RunFailures.Of("StepwellNotSupported", $"Step '{op.Title}' reports the op '{op.Code}', which this version of the executor does not serve.").ToJson(),
        },
        DeferAddOp or DeferAbortOp => new UnknownOp
        {
            Id = op.Id,
            SentCode = op.Code,
            Problem = $"The op '{op.Code}' is not served by this version of the executor.",
        },
        _ => op,
    };
}
