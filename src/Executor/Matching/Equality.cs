namespace Stepwell.Executor.Matching;

/// <summary>==: numbers by value whatever their kind, lists and maps by content; across other types nothing is equal.</summary>
internal static class Equality
{
    public static bool AreEqual(MatchValue left, MatchValue right, Evaluation evaluation) => evaluation.Spend(1) && (left, right) switch
    {
        _ when Numbers.IsNumber(left) && Numbers.IsNumber(right) => Numbers.Compare(left, right) == Ordering.Same,
        (MatchValue.Text one, MatchValue.Text other) => one.Value.Length == other.Value.Length && evaluation.SpendText(one.Value.Length) && one.Value == other.Value,
        (MatchValue.List one, MatchValue.List other) => Lists(one, other, evaluation),
        (MatchValue.Map or MatchValue.JsonObject, MatchValue.Map or MatchValue.JsonObject) => Maps(Entries(left, evaluation), Entries(right, evaluation), evaluation),
        // Two events that both lack a field have not the same there: a wait for that would be ended by the first event that comes.
        (MatchValue.Null one, MatchValue.Null other) => !(one.IsMissing && other.IsMissing),
        (MatchValue.Bool one, MatchValue.Bool other) => one.Value == other.Value,
        (MatchValue.Timestamp one, MatchValue.Timestamp other) => one.Value == other.Value,
        (MatchValue.Duration one, MatchValue.Duration other) => one.Value == other.Value,
        _ => false,
    };

    private static bool Lists(MatchValue.List left, MatchValue.List right, Evaluation evaluation) =>
        left.Items.Length == right.Items.Length && left.Items.Zip(right.Items).All(pair => AreEqual(pair.First, pair.Second, evaluation));

    private static bool Maps(Dictionary<MatchValue, MatchValue> left, Dictionary<MatchValue, MatchValue> right, Evaluation evaluation) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var value) && AreEqual(entry.Value, value, evaluation));

    private static Dictionary<MatchValue, MatchValue> Entries(MatchValue map, Evaluation evaluation) => map switch
    {
        MatchValue.JsonObject json => JsonValues.Members(json.Json, evaluation),
        MatchValue.Map written when evaluation.Spend(written.Entries.Count) => new(written.Entries),
        _ => [],
    };
}
