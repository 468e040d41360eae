using System.Text.Json;

namespace Stepwell.Executor.Matching;

/// <summary>Fields, indexes and membership. What is not there is null, an ordinary thing of an event and no error; only to something else that is not there it is not equal.</summary>
internal static class Lookup
{
    public static MatchValue Field(MatchValue target, string name, Evaluation evaluation) => target switch
    {
        MatchValue.JsonObject map => JsonValues.Read(JsonValues.Member(map.Json, name), evaluation),
        MatchValue.Map map => map.Entries.GetValueOrDefault(new MatchValue.Text(name), MatchValue.Null.Missing),
        _ => MatchValue.Null.Missing,
    };

    public static MatchValue Has(MatchValue target, string name) => MatchValue.Bool.Of(target switch
    {
        MatchValue.JsonObject map => HasMember(map.Json, name),
        MatchValue.Map map => map.Entries.ContainsKey(new MatchValue.Text(name)),
        _ => false,
    });

    public static MatchValue At(MatchValue target, MatchValue key, Evaluation evaluation) => (target, MapKey.Of(key)) switch
    {
        (MatchValue.Null, _) or (_, MatchValue.Null) => MatchValue.Null.Missing,
        (MatchValue.List list, MatchValue.IntNumber { Value: >= 0 } index) when index.Value < list.Items.Length => list.Items[(int)index.Value],
        (MatchValue.List, MatchValue.IntNumber or MatchValue.UintNumber) => MatchValue.Null.Missing,
        (MatchValue.JsonObject, MatchValue.Text name) => Field(target, name.Value, evaluation),
        (MatchValue.Map map, var entry) when IsKey(entry) => map.Entries.GetValueOrDefault(entry, MatchValue.Null.Missing),
        (MatchValue.JsonObject, var entry) when IsKey(entry) => MatchValue.Null.Missing,
        _ => new MatchValue.Error($"{target.Kind}[{key.Kind}] is nothing"),
    };

    public static MatchValue In(MatchValue value, MatchValue collection, Evaluation evaluation) => MatchValue.Bool.Of(collection switch
    {
        MatchValue.List list => list.Items.Any(item => Equality.AreEqual(value, item, evaluation)),
        MatchValue.Map map => MapKey.Of(value) is var key && IsKey(key) && map.Entries.ContainsKey(key),
        MatchValue.JsonObject map => value is MatchValue.Text name && HasMember(map.Json, name.Value),
        _ => false,
    });

    private static bool HasMember(JsonElement json, string name) => JsonValues.Member(json, name).ValueKind != JsonValueKind.Undefined;

    private static bool IsKey(MatchValue key) => key is MatchValue.Text or MatchValue.Bool or MatchValue.IntNumber or MatchValue.UintNumber or MatchValue.DoubleNumber;
}
