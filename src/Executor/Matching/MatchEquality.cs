using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Matching;

/// <summary>What every event that a wait can match has at one place: a scalar by which the wait can be found.</summary>
/// <param name="Path">The fields to go through from the incoming event, such as data, userId.</param>
/// <param name="Value">A string, a number or a bool, as <see cref="TryValueAt"/> gives it.</param>
public sealed record MatchEquality(ImmutableArray<string> Path, RawJson Value)
{
    /// <summary>
    /// The scalar at a path of an incoming event, in the one form in which equal values are the same bytes; false when there is none.
    /// </summary>
    public static bool TryValueAt(JsonElement candidate, ImmutableArray<string> path, out RawJson value)
    {
        var json = candidate;
        foreach (var name in path)
            json = json.ValueKind == JsonValueKind.Object ? JsonValues.Member(json, name) : default;

        var scalar = json.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
        value = default;
        return scalar && TryCanonical(JsonValues.Read(json, new Evaluation(new MatchInput([], default))), out value);
    }

    /// <summary>Numbers go by their double, since that is what any number of an event is compared as.</summary>
    internal static bool TryCanonical(MatchValue value, out RawJson json)
    {
        var scalar = value switch
        {
            _ when Numbers.IsNumber(value) => new MatchValue.DoubleNumber(Numbers.ToDouble(value)),
            MatchValue.Text or MatchValue.Bool => value,
            _ => MatchValue.Null.Instance,
        };
        json = scalar is MatchValue.Null or MatchValue.DoubleNumber { Value: double.NaN or double.PositiveInfinity or double.NegativeInfinity }
            ? RawJson.Null
            : RawJson.FromString(ValueText.Json(scalar));
        return !json.IsNull;
    }

    public bool Equals(MatchEquality? other) => other is not null && Path.SequenceEqual(other.Path, StringComparer.Ordinal) && Value == other.Value;

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in Path)
            hash.Add(name, StringComparer.Ordinal);

        hash.Add(Value);
        return hash.ToHashCode();
    }
}
