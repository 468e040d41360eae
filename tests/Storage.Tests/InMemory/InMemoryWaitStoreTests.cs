using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryWaitStoreTests : WaitStoreContract
{
    protected override IWaitStore Waits { get; } = new InMemoryWaitStore();
}
