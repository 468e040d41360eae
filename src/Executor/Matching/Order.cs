namespace Stepwell.Executor.Matching;

/// <summary>&lt; and its kin. Across types nothing is before or after anything.</summary>
internal static class Order
{
    public static Ordering Of(MatchValue left, MatchValue right, Evaluation evaluation) => (left, right) switch
    {
        _ when Numbers.IsNumber(left) && Numbers.IsNumber(right) => Numbers.Compare(left, right),
        (MatchValue.Text one, MatchValue.Text other) => Texts(one.Value, other.Value, evaluation),
        (MatchValue.Bool one, MatchValue.Bool other) => Numbers.Of(one.Value.CompareTo(other.Value)),
        (MatchValue.Timestamp one, MatchValue.Timestamp other) => Numbers.Of(one.Value.CompareTo(other.Value)),
        (MatchValue.Duration one, MatchValue.Duration other) => Numbers.Of(one.Value.CompareTo(other.Value)),
        _ => Ordering.None,
    };

    /// <summary>By code point, as CEL has it; by UTF-16 code unit an emoji would stand before U+FFFD.</summary>
    private static Ordering Texts(string left, string right, Evaluation evaluation)
    {
        if (!evaluation.SpendText(Math.Min(left.Length, right.Length)))
            return Ordering.None;

        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return Numbers.Of(left.Length.CompareTo(right.Length));

        return char.IsSurrogate(left[same]) == char.IsSurrogate(right[same])
            ? Numbers.Of(left[same].CompareTo(right[same]))
            : Numbers.Of(char.IsSurrogate(left[same]).CompareTo(char.IsSurrogate(right[same])));
    }
}
