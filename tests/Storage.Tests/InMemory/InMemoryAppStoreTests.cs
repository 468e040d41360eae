using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryAppStoreTests : AppStoreContract
{
    protected override IAppStore Apps { get; } = new InMemoryStorage(new FakeTimeProvider()).Apps;
}
