using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryEventStoreTests : EventStoreContract
{
    protected override IEventStore Events { get; } = new InMemoryStorage(new FakeTimeProvider()).Events;
}
