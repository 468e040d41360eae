using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

/// <summary>Compares a result with a value of the conformance cases.</summary>
internal static class ExpectedValue
{
    /// <summary>Whether a result is the value.</summary>
    /// <param name="expected">Of one member that names the type: {"int": 1}.</param>
    /// <param name="actual">The result.</param>
    /// <param name="fromJson">Whether the numbers came out of variables: JSON has one kind of them.</param>
    public static bool Matches(JsonElement expected, MatchValue actual, bool fromJson)
    {
        var type = expected.EnumerateObject().Single();
        return (type.Name, actual) switch
        {
            ("int", MatchValue.IntNumber number) => number.Value == type.Value.GetInt64(),
            ("uint", MatchValue.UintNumber number) => number.Value == type.Value.GetUInt64(),
            ("double", MatchValue.DoubleNumber number) => number.Value.Equals(Double(type.Value)),
            ("int" or "uint", MatchValue.DoubleNumber number) => fromJson && number.Value == type.Value.GetDouble(),
            ("string", MatchValue.Text text) => text.Value == type.Value.GetString(),
            ("bool", MatchValue.Bool boolean) => boolean.Value == type.Value.GetBoolean(),
            ("null", MatchValue.Null) => true,
            ("timestamp", MatchValue.Timestamp instant) => instant.Value == DateTimeOffset.UnixEpoch.AddSeconds(type.Value[0].GetInt64()).AddTicks(type.Value[1].GetInt64() / 100),
            ("duration", MatchValue.Duration duration) => duration.Value.Ticks == (type.Value[0].GetInt64() * TimeSpan.TicksPerSecond) + (type.Value[1].GetInt64() / 100),
            ("list", MatchValue.List list) => Lists(type.Value, list, fromJson),
            ("map", MatchValue.Map map) => Maps(type.Value, map, fromJson),
            _ => false,
        };
    }

    private static bool Lists(JsonElement expected, MatchValue.List actual, bool fromJson) =>
        expected.GetArrayLength() == actual.Items.Length && expected.EnumerateArray().Zip(actual.Items).All(pair => Matches(pair.First, pair.Second, fromJson));

    private static bool Maps(JsonElement expected, MatchValue.Map actual, bool fromJson) =>
        expected.GetArrayLength() == actual.Entries.Count
        && expected.EnumerateArray().All(entry => actual.Entries.Any(found => SameKey(entry[0], found.Key) && Matches(entry[1], found.Value, fromJson)));

    private static bool SameKey(JsonElement expected, MatchValue key) => key switch
    {
        MatchValue.IntNumber number => (expected.TryGetProperty("int", out var whole) || expected.TryGetProperty("uint", out whole)) && whole.GetInt64() == number.Value,
        _ => Matches(expected, key, fromJson: false),
    };

    private static double Double(JsonElement expected) => expected.ValueKind == JsonValueKind.String
        ? double.Parse(expected.GetString()!, CultureInfo.InvariantCulture)
        : expected.GetDouble();
}
