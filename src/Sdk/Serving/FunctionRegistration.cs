using System.Buffers;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;
using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk.Serving;

/// <summary>A function as it is registered.</summary>
internal static class FunctionRegistration
{
    public static FunctionConfig Of(Function function, string endpoint, StepJson json)
    {
        var options = function.Options;
        var url = $"{endpoint}?fnId={Uri.EscapeDataString(function.Id.Value)}&stepId=step";
        return new FunctionConfig
        {
            Id = function.Id.Value,
            Name = options.Name ?? options.Id,
            Triggers = [.. options.Triggers.Select(Of)],
            Steps = new Dictionary<string, StepConfig>
            {
                ["step"] = new("step", "step", new RuntimeConfig("http", url), new RetriesConfig(options.Retries)),
            },
            Idempotency = options.Idempotency,
            Concurrency = options.Concurrency.Count == 0 ? null : Json(writer => Write(writer, options.Concurrency)),
            Throttle = options.Throttle is { } throttle ? Object(("limit", throttle.Limit), ("period", throttle.Period), ("burst", throttle.Burst), ("key", throttle.Key)) : null,
            RateLimit = options.RateLimit is { } rate ? Object(("limit", rate.Limit), ("period", rate.Period), ("key", rate.Key)) : null,
            Debounce = options.Debounce is { } debounce ? Object(("period", debounce.Period), ("key", debounce.Key), ("timeout", debounce.Timeout)) : null,
            BatchEvents = options.Batch is { } batch ? Object(("maxSize", batch.MaxSize), ("timeout", batch.Timeout), ("key", batch.Key), ("if", batch.If)) : null,
            Singleton = options.Singleton is { } singleton ? Object(("mode", singleton.Mode == SingletonMode.Skip ? "skip" : "cancel"), ("key", singleton.Key)) : null,
            Priority = options.Priority is { } priority ? Object(("run", priority)) : null,
            Timeouts = options.Timeouts is { } timeouts ? Object(("start", timeouts.Start), ("finish", timeouts.Finish)) : null,
            Cancel = options.CancelOn.Count == 0 ? null : Json(writer => Write(writer, options.CancelOn, json)),
        };
    }

    private static TriggerConfig Of(Trigger trigger) => trigger.Schedule is { } schedule
        ? new TriggerConfig { Cron = schedule, Jitter = trigger.Jitter is { } jitter ? TimeString.Format(jitter) : null }
        : new TriggerConfig { Event = trigger.Event, Expression = trigger.If };

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Concurrency> limits)
    {
        writer.WriteStartArray();
        foreach (var limit in limits)
        {
            Write(writer, [
                ("limit", limit.Limit),
                ("key", limit.Key),
                ("scope", limit.Scope switch { ConcurrencyScope.Environment => "env", ConcurrencyScope.Account => "account", _ => null }),
            ]);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<CancelOn> events, StepJson json)
    {
        writer.WriteStartArray();
        foreach (var one in events)
            Write(writer, [("event", one.EventName), ("if", one.Condition(json)), ("timeout", one.Timeout)]);

        writer.WriteEndArray();
    }

    private static RawJson Object(params (string Name, object? Value)[] members) => Json(writer => Write(writer, members));

    private static void Write(Utf8JsonWriter writer, (string Name, object? Value)[] members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            if (value is int number)
                writer.WriteNumber(name, number);
            else if (value is TimeSpan time)
                writer.WriteString(name, TimeString.Format(time));
            else if (value is string text)
                writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    private static RawJson Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);

        return new RawJson(buffer.WrittenMemory);
    }
}
