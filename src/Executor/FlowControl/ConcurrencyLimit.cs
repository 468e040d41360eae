using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>How many calls may be under way at a time. Runs that sleep or wait count for nothing.</summary>
/// <param name="Limit">1 to 3,000: all slots of a limit are in one state, which has room for no more.</param>
/// <param name="Key">Each of its values has the limit for itself; null: one for all.</param>
/// <param name="Scope">Among what it counts.</param>
public sealed record ConcurrencyLimit(int Limit, MatchExpression? Key, ConcurrencyScope Scope)
{
    private const int MaxLimits = 2;
    private const int MaxSlots = 3_000;

    /// <summary>Reads a number, a limit, a list of limits, or such under <c>step</c>.</summary>
    /// <exception cref="SettingProblemException">It is none of these.</exception>
    public static ImmutableArray<ConcurrencyLimit> Read(RawJson? setting) =>
        setting is { IsNull: false } json ? Read("concurrency", JsonElement.Parse(json.Utf8.Span, ProtocolJson.DocumentOptions)) : [];

    private static ImmutableArray<ConcurrencyLimit> Read(string place, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.GetArrayLength() <= MaxLimits
                ? [.. json.EnumerateArray().SelectMany((one, at) => Read($"{place}[{at}]", one))]
                : throw new SettingProblemException($"{place} has {json.GetArrayLength()} limits; the most is {MaxLimits}");
        }

        if (json.ValueKind == JsonValueKind.Number)
            return json.TryGetInt32(out var number) && number is >= 0 and <= MaxSlots ? Limited(number, null, ConcurrencyScope.Function) : throw new SettingProblemException($"{place} is {json.GetRawText()}; it must be 1 to {MaxSlots}, or 0 for no limit");

        var reading = SettingReading.Of(place, json);
        if (reading.Member("fn") is { } runs && !(runs.ValueKind == JsonValueKind.Array && runs.GetArrayLength() == 0))
            throw new SettingProblemException($"{place}.fn is {runs.GetRawText()}; a limit of whole runs is not served, only one of their steps");

        if (reading.Member("step") is { } steps)
            return Read($"{place}.step", steps);

        if (!json.EnumerateObject().Any())
            return [];

        var scope = reading.OptionalText("scope") switch
        {
            null or "fn" => ConcurrencyScope.Function,
            "env" => ConcurrencyScope.Environment,
            "account" => ConcurrencyScope.Account,
            var other => throw new SettingProblemException($"{place}.scope is '{other}'; it must be 'fn', 'env' or 'account'"),
        };
        var key = reading.Expression("key");
        if (key is null && scope != ConcurrencyScope.Function)
            throw new SettingProblemException($"{place}.scope is '{reading.OptionalText("scope")}' without a key; a limit beyond the function needs one, for instance \"'printer'\"");

        return Limited(reading.Integer("limit", 0, MaxSlots), key, scope);
    }

    // To the reference server a limit of 0 is none.
    private static ImmutableArray<ConcurrencyLimit> Limited(int limit, MatchExpression? key, ConcurrencyScope scope) => limit == 0 ? [] : [new ConcurrencyLimit(limit, key, scope)];
}
