using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>A process whose host receives all messages, as that of Azure Functions does.</summary>
internal sealed class NoLocalWorkers : ILocalWorkers
{
    public bool TryTake() => false;

    public void Work(ReadRunOutcome.Found created) => throw new InvalidOperationException("There is no worker that could have been taken.");

    public void Release() => throw new InvalidOperationException("There is no worker that could have been taken.");
}
