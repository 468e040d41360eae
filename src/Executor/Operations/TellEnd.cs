using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Tells of a run's end: starts the functions that its lifecycle events trigger, and takes the run out of the live index last, so that the sweep tells what this
/// process could not. Telling twice starts nothing twice.
/// </summary>
public sealed class TellEnd(AppDirectory directory, StartTriggered start, ILiveIndex live)
{
    public async Task RunAsync(Run run, LiveEntry entry, CancellationToken cancellationToken)
    {
        var names = LifecycleEvents.NamesOf(run);
        if (!names.IsEmpty)
        {
            var apps = await directory.CurrentAsync(cancellationToken);
            var heard = names.Where(apps.IsTrigger).ToList();
            if (heard.Count > 0)
                await start.RunAsync([.. Events(run, heard)], apps, cancellationToken);
        }

        await live.RemoveAsync(entry, cancellationToken);
    }

    private static IEnumerable<IncomingEvent> Events(Run run, IReadOnlyList<string> names)
    {
        var data = LifecycleEvents.DataOf(run);
        var at = run.EndedAt!.Value.ToUnixTimeMilliseconds();
        foreach (var name in names)
        {
            var internalId = InternalId(run.Id, name, at);
            // A failure and a cancellation are known by the run's id; of two events of one id, the second would start nothing.
            var id = name == LifecycleEvents.Finished ? internalId : run.Id.Value;
            yield return new IncomingEvent(
                internalId, id, name, RawJson.FromString($"{{\"data\":{data},\"id\":\"{id}\",\"name\":\"{name}\",\"ts\":{at},\"user\":{{}}}}"));
        }
    }

    /// <summary>The same each time it is told.</summary>
    private static string InternalId(RunId run, string name, long milliseconds)
    {
        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{run}|{name}")).AsSpan(0, 16).CopyTo(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, milliseconds);
        time[2..].CopyTo(bytes);
        return UlidText.Of(bytes);
    }
}
