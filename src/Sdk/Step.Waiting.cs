using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Events;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <content>Waits for events and signals.</content>
public sealed partial class Step
{
    /// <summary>Waits for an event, without holding anything. Only events that arrive after the wait has begun count.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="timeout">How long, 0 to 366 days.</param>
    /// <param name="match">Which events; any of the type's name when it is null.</param>
    /// <returns>The event, or null when the time was over.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="ArgumentException">The type has no <see cref="EventAttribute"/>, or what is to match cannot be written as an expression.</exception>
    /// <exception cref="StepFailedException">The expression is none.</exception>
    public Task<Event<TEvent>?> WaitForEventAsync<TEvent>(string id, TimeSpan timeout, Match<TEvent>? match = null) =>
        WaitForEventAsync<TEvent>(id, EventNames.Of(typeof(TEvent)), timeout, match?.Condition(_json), _json);

    /// <summary>Waits for an event by its name, without holding anything. Only events that arrive after the wait has begun count.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="timeout">How long, 0 to 366 days.</param>
    /// <param name="if">An expression in CEL over <c>async</c>, the event that came, and <c>event</c>, the one that started the run; null for any.</param>
    /// <returns>The event, or null when the time was over.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="StepFailedException">The expression is none.</exception>
    public Task<Event<JsonElement>?> WaitForEventAsync(string id, string eventName, TimeSpan timeout, string? @if = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        return WaitForEventAsync<JsonElement>(id, eventName, timeout, @if, StepJson.Own);
    }

    /// <summary>Waits for a signal, without holding anything. One run at a time waits for a name.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="signal">The signal's name, 1 to 512 characters.</param>
    /// <param name="timeout">How long, 0 to 366 days.</param>
    /// <param name="conflict">What happens when another run waits for the name already.</param>
    /// <returns>The signal, or null when the time was over.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="StepFailedException">Another run waits for the name, and is not to be replaced.</exception>
    public Task<Signal<T>?> WaitForSignalAsync<T>(string id, string signal, TimeSpan timeout, SignalConflict conflict = SignalConflict.Fail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(signal);
        RequireWait(id, timeout);
        _json.Require<T>();
        var duration = TimeString.Format(timeout);
        return _pass.Find(id, new StepKind<Signal<T>?>
        {
            Op = (key, userland, opts) => new WaitForSignalOp
            {
                Id = key,
                Name = signal,
                DisplayName = userland.Id,
                Userland = userland,
                Opts = opts,
                Signal = signal,
                Timeout = duration,
                Replace = conflict == SignalConflict.Replace,
            },
            Opts = writer =>
            {
                writer.WriteString("signal", signal);
                writer.WriteString("timeout", duration);
                writer.WriteString("conflict", conflict == SignalConflict.Replace ? "replace" : "fail");
            },
            Read = (memo, what) => memo.IsNull ? null : ReadSignal<T>(memo, signal, what),
        });
    }

    private Task<Event<TEvent>?> WaitForEventAsync<TEvent>(string id, string name, TimeSpan timeout, string? condition, StepJson json)
    {
        RequireWait(id, timeout);
        json.Require<TEvent>();
        var duration = TimeString.Format(timeout);
        return _pass.Find(id, new StepKind<Event<TEvent>?>
        {
            Op = (key, userland, opts) => new WaitForEventOp
            {
                Id = key,
                Name = name,
                DisplayName = userland.Id,
                Userland = userland,
                Opts = opts,
                Event = name,
                Timeout = duration,
                If = condition,
            },
            Opts = writer =>
            {
                writer.WriteString("timeout", duration);
                if (condition is not null)
                    writer.WriteString("if", condition);
            },
            Read = (memo, _) => memo.IsNull ? null : json.ReadEvent<TEvent>(memo),
        });
    }

    private Signal<T> ReadSignal<T>(RawJson memo, string name, string what)
    {
        using var document = memo.Parse();
        var root = document.RootElement;
        var data = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("data", out var sent) ? RawJson.FromElement(sent) : RawJson.Null;
        return new Signal<T>(name, _json.Read<T>(data, what));
    }

    private static void RequireWait(string id, TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero || timeout > s_longest)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, $"Step '{id}' would wait for {timeout}; a wait takes 0 to {s_longest.Days} days.");
    }
}
