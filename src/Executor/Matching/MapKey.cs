namespace Stepwell.Executor.Matching;

/// <summary>Keys of maps in one form, so that 1, 1u and 1.0 find the same entry.</summary>
internal static class MapKey
{
    /// <summary>The key that a written map gets, or an error for what can be none.</summary>
    public static MatchValue OfLiteral(MatchValue value) => value switch
    {
        MatchValue.Error or MatchValue.Text or MatchValue.Bool or MatchValue.IntNumber or MatchValue.UintNumber => Of(value),
        _ => new MatchValue.Error($"a map's key is a string, a bool, an int or a uint, not {value.Kind}"),
    };

    /// <summary>The key to look up with a value; what no map has stays as it is and is found nowhere.</summary>
    public static MatchValue Of(MatchValue value) => value switch
    {
        MatchValue.UintNumber { Value: <= long.MaxValue } small => new MatchValue.IntNumber((long)small.Value),
        MatchValue.DoubleNumber number when Numbers.TryWhole(number.Value, out var whole) => new MatchValue.IntNumber(whole),
        _ => value,
    };
}
