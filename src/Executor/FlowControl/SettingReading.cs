using System.Text.Json;
using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>Reads the members of one setting. A member that is null is as one that is not there, and members that are not known are passed over.</summary>
internal readonly struct SettingReading(string place, JsonElement json)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Place => place;

    /// <summary>The setting of that name; null when it is absent or empty.</summary>
    /// <exception cref="SettingProblemException">It is no object.</exception>
    public static SettingReading? Object(string name, RawJson? setting)
    {
        if (setting is not { IsNull: false } json)
            return null;

        var root = JsonElement.Parse(json.Utf8.Span, ProtocolJson.DocumentOptions);
        var reading = Of(name, root);
        return root.EnumerateObject().Any() ? reading : null;
    }

    /// <exception cref="SettingProblemException">The element is no object.</exception>
    public static SettingReading Of(string place, JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? new SettingReading(place, json)
        : throw new SettingProblemException($"{place} is {json.GetRawText()}; it must be an object");

    public int Integer(string name, int least, int most, int? otherwise = null)
    {
        if (Member(name) is not { } value)
            return otherwise ?? throw new SettingProblemException($"{place}.{name} is missing; it must be {Range(least, most)}");

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new SettingProblemException($"{place}.{name} is {value.GetRawText()}; it must be {Range(least, most)}");
    }

    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most) =>
        OptionalDuration(name, least, most) ?? throw new SettingProblemException($"{place}.{name} is missing; it must be {Range(least, most)}");

    public TimeSpan? OptionalDuration(string name, TimeSpan least, TimeSpan most)
    {
        if (Member(name) is not { } value)
            return null;

        if (value.ValueKind != JsonValueKind.String || !TimeString.TryParseDuration(LenientText.Of(value), out var duration))
            throw new SettingProblemException($"{place}.{name} is '{LenientText.Of(value)}', which is no duration; write for example '30s', '5m', '1d2h30m'");

        return duration >= least && duration <= most
            ? duration
            : throw new SettingProblemException($"{place}.{name} is '{LenientText.Of(value)}'; it must be {Range(least, most)}");
    }

    /// <summary>An expression over the event that starts a run.</summary>
    public MatchExpression? Expression(string name) => OptionalText(name) is { } text ? ParseExpression($"{place}.{name}", text) : null;

    /// <exception cref="SettingProblemException">It is no expression.</exception>
    public static MatchExpression ParseExpression(string place, string text) => MatchExpression.TryParse(text, MatchVariables.Event, out var expression, out var problem)
        ? expression
        : throw new SettingProblemException($"{place} is '{text}': {problem}");

    /// <summary>A text; null when it is absent or empty.</summary>
    public string? OptionalText(string name)
    {
        if (Member(name) is not { } value)
            return null;

        if (value.ValueKind != JsonValueKind.String)
            throw new SettingProblemException($"{place}.{name} is {value.GetRawText()}; it must be a string");

        return LenientText.Of(value) is { Length: > 0 } text ? text : null;
    }

    public JsonElement? Member(string name) => LenientText.Member(json, name) is { ValueKind: not JsonValueKind.Null } member ? member : null;

    private static string Range(int least, int most) => most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";

    private static string Range(TimeSpan least, TimeSpan most) => most == TimeSpan.MaxValue ? $"at least {TimeString.Format(least)}" : $"{TimeString.Format(least)} to {TimeString.Format(most)}";
}
