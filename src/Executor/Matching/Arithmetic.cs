namespace Stepwell.Executor.Matching;

/// <summary>
/// + - * / % over numbers, and + over strings, lists and times. Whole numbers never wrap around. An int beside a double becomes a double: CEL would refuse it, but numbers of
/// JSON are doubles, and nobody writes event.data.n * 10.0.
/// </summary>
internal static class Arithmetic
{
    public static MatchValue Add(MatchValue left, MatchValue right, Evaluation evaluation) => (left, right) switch
    {
        (MatchValue.IntNumber one, MatchValue.IntNumber other) => Int((Int128)one.Value + other.Value),
        (MatchValue.UintNumber one, MatchValue.UintNumber other) => Uint((Int128)one.Value + other.Value),
        (MatchValue.Text one, MatchValue.Text other) => Joining.Texts(one, other, evaluation),
        (MatchValue.List one, MatchValue.List other) => Joining.Lists(one, other, evaluation),
        _ => AreDoubles(left, right) ? Double(Numbers.ToDouble(left) + Numbers.ToDouble(right)) : TimeArithmetic.Add(left, right),
    };

    public static MatchValue Subtract(MatchValue left, MatchValue right) => (left, right) switch
    {
        (MatchValue.IntNumber one, MatchValue.IntNumber other) => Int((Int128)one.Value - other.Value),
        (MatchValue.UintNumber one, MatchValue.UintNumber other) => Uint((Int128)one.Value - other.Value),
        _ => AreDoubles(left, right) ? Double(Numbers.ToDouble(left) - Numbers.ToDouble(right)) : TimeArithmetic.Subtract(left, right),
    };

    public static MatchValue Multiply(MatchValue left, MatchValue right) => (left, right) switch
    {
        (MatchValue.IntNumber one, MatchValue.IntNumber other) => Int((Int128)one.Value * other.Value),
        (MatchValue.UintNumber one, MatchValue.UintNumber other) => (UInt128)one.Value * other.Value is var product && product > ulong.MaxValue ? OutOfRange("uint") : new MatchValue.UintNumber((ulong)product),
        _ => AreDoubles(left, right) ? Double(Numbers.ToDouble(left) * Numbers.ToDouble(right)) : NoSuch("*", left, right),
    };

    public static MatchValue Divide(MatchValue left, MatchValue right) => (left, right) switch
    {
        (MatchValue.IntNumber, MatchValue.IntNumber { Value: 0 }) or (MatchValue.UintNumber, MatchValue.UintNumber { Value: 0 }) => new MatchValue.Error("division by zero"),
        (MatchValue.IntNumber one, MatchValue.IntNumber other) => Int((Int128)one.Value / other.Value),
        (MatchValue.UintNumber one, MatchValue.UintNumber other) => Uint((Int128)one.Value / other.Value),
        _ => AreDoubles(left, right) ? Double(Numbers.ToDouble(left) / Numbers.ToDouble(right)) : NoSuch("/", left, right),
    };

    /// <summary>Over whole numbers, also those that came as doubles from JSON.</summary>
    public static MatchValue Remainder(MatchValue left, MatchValue right)
    {
        if (left is MatchValue.UintNumber one && right is MatchValue.UintNumber other)
            return other.Value == 0 ? new MatchValue.Error("remainder by zero") : new MatchValue.UintNumber(one.Value % other.Value);

        if (!Numbers.TryWhole(left, out var dividend) || !Numbers.TryWhole(right, out var divisor))
            return NoSuch("%", left, right);

        return divisor == 0 ? new MatchValue.Error("remainder by zero") : Int((Int128)dividend % divisor);
    }

    public static MatchValue Negate(MatchValue operand) => operand switch
    {
        MatchValue.IntNumber number => Int(-(Int128)number.Value),
        MatchValue.DoubleNumber number => Double(-number.Value),
        _ => new MatchValue.Error($"- takes an int or a double, not {operand.Kind}"),
    };

    internal static MatchValue NoSuch(string symbol, MatchValue left, MatchValue right) => new MatchValue.Error($"{symbol} does not take {left.Kind} and {right.Kind}");

    private static MatchValue Int(Int128 value) => value < long.MinValue || value > long.MaxValue ? OutOfRange("int") : new MatchValue.IntNumber((long)value);

    private static MatchValue Uint(Int128 value) => value < ulong.MinValue || value > ulong.MaxValue ? OutOfRange("uint") : new MatchValue.UintNumber((ulong)value);

    private static MatchValue.DoubleNumber Double(double value) => new(value);

    private static MatchValue.Error OutOfRange(string kind) => new($"the result does not fit into the range of {kind}");

    private static bool AreDoubles(MatchValue left, MatchValue right) =>
        (left is MatchValue.DoubleNumber && Numbers.IsNumber(right)) || (right is MatchValue.DoubleNumber && Numbers.IsNumber(left));
}
