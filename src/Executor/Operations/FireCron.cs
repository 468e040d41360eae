using System.Text.Json;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Starts functions by the clock. Each tick is one run however many executors fire it, because the run's id follows from function, schedule and time. What was missed
/// while no executor ran is made good once: the latest tick of a schedule, not all of them.
/// </summary>
public sealed class FireCron(AppDirectory directory, StartFunction function, StartRun start, IEventStore events, Gates gates, TimeProvider time)
{
    private const string Name = "inngest/scheduled.timer";

    // A schedule that another process registered is known after this at the latest; here it is known at once.
    private static readonly TimeSpan s_directoryAge = TimeSpan.FromMinutes(1);

    private readonly Dictionary<GateKey, DateTimeOffset?> _next = [];

    /// <summary>Fires what is due. One pass at a time; a pass in which nothing is due asks nothing of storage but, once a minute, the registered apps. Returns the number of ticks fired here.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var fired = 0;
        foreach (var registered in (await directory.CurrentAsync(s_directoryAge, cancellationToken)).Functions)
        {
            foreach (var schedule in registered.Crons)
                fired += await FireDueAsync(registered, schedule, cancellationToken) ? 1 : 0;
        }

        return fired;
    }

    private async Task<bool> FireDueAsync(RegisteredFunction registered, CronSchedule schedule, CancellationToken cancellationToken)
    {
        var gate = GateKey.Of("cron", registered.Id.Value, schedule.Text);
        var now = time.GetUtcNow();
        if (_next.TryGetValue(gate, out var next) && !(next <= now))
            return false;

        // A schedule that nobody has seen begins now.
        var last = await gates.ChangeAsync(gate, GateJson.Default.NullableInt64, ticks => (ticks ?? now.UtcTicks, new DateTimeOffset(ticks ?? now.UtcTicks, TimeSpan.Zero)), cancellationToken);
        var due = schedule.Latest(last, now);
        if (due is { } tick)
        {
            await FireAsync(registered, schedule, tick, cancellationToken);
            await gates.ChangeAsync(gate, GateJson.Default.NullableInt64, ticks => (Math.Max(ticks ?? 0, tick.UtcTicks), true), cancellationToken);
        }

        _next[gate] = schedule.Next(now);
        return due is not null;
    }

    private async Task FireAsync(RegisteredFunction registered, CronSchedule schedule, DateTimeOffset tick, CancellationToken cancellationToken)
    {
        var id = DerivedIds.UlidOf($"cron|{registered.Id}|{schedule.Text}|{tick.UtcTicks}", tick);
        var fireAt = schedule.FireAt(registered.Id, tick);
        var happened = new IncomingEvent(id, id, Name, RawJson.FromString($"{{\"data\":{Data(schedule, tick, fireAt)},\"id\":\"{id}\",\"name\":\"{Name}\",\"ts\":{tick.ToUnixTimeMilliseconds()},\"user\":{{}}}}"));
        if (await function.RunAsync(happened, registered, cancellationToken, fireAt) is not { } run)
            return;

        await events.AddAsync([new StoredEvent(id, id, Name, tick, happened.Json, [new StartedRun(run.Id, run.Function)])], cancellationToken);
        await start.SendAsync(run, cancellationToken);
    }

    private static string Data(CronSchedule schedule, DateTimeOffset tick, DateTimeOffset fireAt)
    {
        var cron = CanonicalJson.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(schedule.Text, GateJson.Default.String));
        return schedule.Jitter is null
            ? $"{{\"cron\":{cron}}}"
            : $"{{\"cron\":{cron},\"fireAt\":{fireAt.ToUnixTimeMilliseconds()},\"scheduledAt\":{tick.ToUnixTimeMilliseconds()}}}";
    }
}
