using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryLiveIndexTests : LiveIndexContract
{
    protected override ILiveIndex Live { get; } = new InMemoryStorage(new FakeTimeProvider()).Live;
}
