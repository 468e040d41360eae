using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryGateStoreTests : GateStoreContract
{
    protected override IGateStore Gates { get; } = new InMemoryGateStore();
}
