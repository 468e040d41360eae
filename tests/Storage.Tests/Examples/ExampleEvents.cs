using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Examples;

/// <summary>Events to store.</summary>
internal static class ExampleEvents
{
    /// <summary>An event received at that time; its id carries the time in milliseconds.</summary>
    public static StoredEvent At(DateTimeOffset time, string name = "go")
    {
        var id = Ulid.NewUlid(time);
        return new StoredEvent(id.ToString(), id.ToString(), name, id.Time, RawJson.FromString("""{"data":{},"name":"go"}"""), []);
    }

    public static ImmutableArray<StartedRun> Started(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new StartedRun(ExampleRuns.NewId(), FunctionId.Parse($"shop-function-number-{i}")))];
}
