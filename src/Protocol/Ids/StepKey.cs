using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>
/// What a call asks for: the hashed id of one step (40 lower-case hex digits), or <see cref="Discovery"/>, the function itself.
/// </summary>
[JsonConverter(typeof(StepKeyConverter))]
public readonly record struct StepKey : IComparable<StepKey>
{
    private const int MaxLength = 128;
    private const string Excluded = "/#?\\\"&'+<>`";

    private readonly string? _value;

    private StepKey(string value) => _value = value;

    /// <summary>The key of a call that runs the function to find its next steps.</summary>
    public static StepKey Discovery { get; } = new("step");

    /// <summary>
    /// The key of a call that asks whether the function has returned. No step has it: an app whose function has not returned answers that it was not found.
    /// </summary>
    public static StepKey Returned { get; } = Hash("stepwell:has-the-function-returned");

    /// <summary>The key of a run's own deadline.</summary>
    public static StepKey Deadline { get; } = Hash("stepwell:deadline");

    /// <summary>The key of the events that cancel a run.</summary>
    public static StepKey Cancellation { get; } = Hash("stepwell:cancellation");

    /// <summary>The id that every <c>RunComplete</c> op carries: the hash of "complete".</summary>
    public static StepKey Complete { get; } = Hash("complete", 0);

    /// <summary>The text on the wire.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A step key was used before it was set.");

    public bool IsDiscovery => _value == "step";

    /// <summary>
    /// The key of the user's step: SHA-1 of the id; of the n-th repetition of an id in one run (n from 1), SHA-1 of <c>id:n</c>.
    /// </summary>
    /// <param name="userId">The id as the user wrote it, any text.</param>
    /// <param name="repetition">0 for the first step of that id, then 1, 2 …</param>
#pragma warning disable CA5350 // The protocol names its steps by SHA-1; nothing is protected by it.
    public static StepKey Hash(string userId, int repetition = 0) =>
        new(Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(repetition == 0 ? userId : $"{userId}:{repetition}"))));
#pragma warning restore CA5350

    /// <summary>
    /// Reads a key from the wire. SDKs send 40 hex digits; other printable ASCII, up to 128 characters, is taken as well, without
    /// <c>/ # ? \</c>, because a key is a storage key, and without <c>" &amp; ' + &lt; &gt; `</c>, because a call is printed in canonical form, without escapes.
    /// </summary>
    public static bool TryParse(string? text, out StepKey key)
    {
        key = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return false;

        foreach (var c in text)
        {
            if (c is <= ' ' or > '~' || Excluded.Contains(c, StringComparison.Ordinal))
                return false;
        }

        key = new StepKey(text);
        return true;
    }

    /// <summary>Reads a key from the wire.</summary>
    /// <exception cref="FormatException">The text cannot be a step key.</exception>
    public static StepKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a step key: up to {MaxLength} printable ASCII characters without / # ? \\ \" & ' + < > `.");

    public int CompareTo(StepKey other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? "";

    public static bool operator <(StepKey left, StepKey right) => left.CompareTo(right) < 0;

    public static bool operator >(StepKey left, StepKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(StepKey left, StepKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(StepKey left, StepKey right) => left.CompareTo(right) >= 0;
}
