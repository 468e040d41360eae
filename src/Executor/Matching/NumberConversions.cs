using System.Globalization;

namespace Stepwell.Executor.Matching;

/// <summary>int(), uint() and double().</summary>
internal static class NumberConversions
{
    private const double TwoTo63 = 9_223_372_036_854_775_808d;

    /// <summary>A double loses its fraction, a timestamp becomes seconds since 1970.</summary>
    public static MatchValue Int(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.IntNumber => value,
        MatchValue.UintNumber { Value: <= long.MaxValue } number => new MatchValue.IntNumber((long)number.Value),
        MatchValue.DoubleNumber { Value: > -TwoTo63 and < TwoTo63 } number => new MatchValue.IntNumber((long)number.Value),
        MatchValue.Text text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => new MatchValue.IntNumber(number),
        MatchValue.Timestamp instant => new MatchValue.IntNumber(instant.Value.ToUnixTimeSeconds()),
        _ => Failed("int", value),
    };

    public static MatchValue Uint(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.UintNumber => value,
        MatchValue.IntNumber { Value: >= 0 } number => new MatchValue.UintNumber((ulong)number.Value),
        MatchValue.DoubleNumber { Value: >= 0 and < 2 * TwoTo63 } number => new MatchValue.UintNumber((ulong)number.Value),
        MatchValue.Text text when ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new MatchValue.UintNumber(number),
        _ => Failed("uint", value),
    };

    public static MatchValue Double(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Text text when double.TryParse(text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) => new MatchValue.DoubleNumber(number),
        _ when Numbers.IsNumber(value) => new MatchValue.DoubleNumber(Numbers.ToDouble(value)),
        _ => Failed("double", value),
    };

    internal static MatchValue Failed(string kind, MatchValue value) => new MatchValue.Error(value switch
    {
        MatchValue.Text { Value.Length: > 40 } text => $"'{text.Value[..40]}…' is no {kind}",
        MatchValue.Text text => $"'{text.Value}' is no {kind}",
        _ when Numbers.IsNumber(value) => $"the number does not fit into the range of {kind}",
        _ => $"{kind}() does not take {value.Kind}",
    });
}
