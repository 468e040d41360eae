namespace Stepwell.Executor.Matching;

/// <summary>Numbers of all three kinds on one line.</summary>
internal static class Numbers
{
    private const double TwoTo63 = 9_223_372_036_854_775_808d;

    public static bool IsNumber(MatchValue value) => value is MatchValue.IntNumber or MatchValue.UintNumber or MatchValue.DoubleNumber;

    /// <summary>Beside a double every number is one, as the conformance tests of CEL have it. NaN has no order.</summary>
    public static Ordering Compare(MatchValue left, MatchValue right)
    {
        if (left is not MatchValue.DoubleNumber && right is not MatchValue.DoubleNumber)
            return Of(Whole(left).CompareTo(Whole(right)));

        var (one, other) = (ToDouble(left), ToDouble(right));
        return double.IsNaN(one) || double.IsNaN(other) ? Ordering.None : Of(one.CompareTo(other));
    }

    public static double ToDouble(MatchValue number) => number switch
    {
        MatchValue.DoubleNumber value => value.Value,
        _ => (double)Whole(number),
    };

    /// <summary>The whole number that a double is, if it is one within an int.</summary>
    public static bool TryWhole(double value, out long whole)
    {
        whole = value is >= -TwoTo63 and < TwoTo63 ? (long)value : 0;
        return value is >= -TwoTo63 and < TwoTo63 && whole == value;
    }

    /// <summary>The whole number that a value is: an int, or a double without a fraction, as numbers of JSON are.</summary>
    public static bool TryWhole(MatchValue value, out long whole)
    {
        whole = value is MatchValue.IntNumber integer ? integer.Value : 0;
        return value is MatchValue.IntNumber || (value is MatchValue.DoubleNumber number && TryWhole(number.Value, out whole));
    }

    public static Ordering Of(int comparison) => comparison switch
    {
        < 0 => Ordering.Before,
        0 => Ordering.Same,
        > 0 => Ordering.After,
    };

    private static Int128 Whole(MatchValue value) => value switch
    {
        MatchValue.IntNumber number => number.Value,
        MatchValue.UintNumber number => number.Value,
        _ => throw new ArgumentException($"A value of kind {value.Kind} is no whole number.", nameof(value)),
    };
}
