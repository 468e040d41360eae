using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>The id of a run: a ULID of 26 characters (Crockford base 32, upper case).</summary>
[JsonConverter(typeof(RunIdConverter))]
public readonly record struct RunId : IComparable<RunId>
{
    private readonly string? _value;

    private RunId(string value) => _value = value;

    /// <summary>The 26 characters.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A run id was used before it was set.");

    /// <summary>Reads a run id; false when the text is not a ULID.</summary>
    public static bool TryParse(string? text, out RunId id)
    {
        id = UlidText.TryRead(text, out var ulid) ? new RunId(ulid) : default;
        return ulid.Length > 0;
    }

    /// <summary>Reads a run id.</summary>
    /// <exception cref="FormatException">The text is not a ULID of 26 characters.</exception>
    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a run id: a run id is a ULID of 26 characters.");

    public int CompareTo(RunId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => _value ?? "";

    public static bool operator <(RunId left, RunId right) => left.CompareTo(right) < 0;

    public static bool operator >(RunId left, RunId right) => left.CompareTo(right) > 0;

    public static bool operator <=(RunId left, RunId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RunId left, RunId right) => left.CompareTo(right) >= 0;
}
