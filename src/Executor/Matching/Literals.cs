using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>Lists and maps written in the expression.</summary>
internal static class Literals
{
    public static Evaluator List(ImmutableArray<Evaluator> items) => evaluation =>
    {
        var values = ImmutableArray.CreateBuilder<MatchValue>(items.Length);
        foreach (var item in items)
        {
            var value = item(evaluation);
            if (value is MatchValue.Error)
                return value;

            values.Add(value);
        }

        return new MatchValue.List(values.MoveToImmutable());
    };

    public static Evaluator Map(ImmutableArray<Evaluator> keysAndValues) => evaluation =>
    {
        var entries = ImmutableDictionary.CreateBuilder<MatchValue, MatchValue>();
        for (var at = 0; at < keysAndValues.Length; at += 2)
        {
            var key = MapKey.OfLiteral(keysAndValues[at](evaluation));
            var value = keysAndValues[at + 1](evaluation);
            if (key is MatchValue.Error)
                return key;

            if (value is MatchValue.Error)
                return value;

            if (!entries.TryAdd(key, value))
                return new MatchValue.Error("a map has the same key twice");
        }

        return new MatchValue.Map(entries.ToImmutable());
    };
}
