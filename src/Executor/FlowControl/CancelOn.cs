using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>An event that cancels runs.</summary>
/// <param name="Event">Its name.</param>
/// <param name="If">What must hold, over <c>event</c>, the run's, and <c>async</c>, this one; null: any cancels all.</param>
/// <param name="Timeout">For how long from the run's creation it counts; null: a year.</param>
public sealed record CancelOn(string Event, string? If, TimeSpan? Timeout)
{
    private const int MaxEvents = 5;

    private static readonly TimeSpan s_leastTimeout = TimeSpan.FromMilliseconds(1);

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static ImmutableArray<CancelOn> Read(RawJson? setting)
    {
        if (setting is not { IsNull: false } json)
            return [];

        var root = JsonElement.Parse(json.Utf8.Span, ProtocolJson.DocumentOptions);
        if (root.ValueKind != JsonValueKind.Array)
            throw new SettingProblemException($"cancel is {root.GetRawText()}; it must be a list");

        return root.GetArrayLength() <= MaxEvents
            ? [.. root.EnumerateArray().Select((one, at) => ReadOne(SettingReading.Of($"cancel[{at}]", one)))]
            : throw new SettingProblemException($"cancel has {root.GetArrayLength()} events; the most is {MaxEvents}");
    }

    private static CancelOn ReadOne(SettingReading reading)
    {
        var name = reading.OptionalText("event") ?? throw new SettingProblemException($"{reading.Place}.event is missing or empty");
        var condition = reading.OptionalText("if");
        // The older way to say that a field of both events is the same.
        if (condition is null && reading.OptionalText("match") is { } field)
            condition = $"event.{field} == async.{field}";

        if (condition is not null && !MatchExpression.TryParse(condition, MatchVariables.EventAndAsync, out _, out var problem))
            throw new SettingProblemException($"{reading.Place}.if is '{condition}': {problem}");

        return new CancelOn(name, condition, reading.OptionalDuration("timeout", s_leastTimeout, ProtocolLimits.MaxWait));
    }
}
