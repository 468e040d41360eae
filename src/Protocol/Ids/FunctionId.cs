using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Ids;

/// <summary>
/// The composite id of a function, <c>appId-functionId</c>: what registrations, calls (<c>fnId</c>), invokes and internal events name it by.
/// Both halves may contain hyphens, so a composite id cannot be taken apart again.
/// </summary>
[JsonConverter(typeof(FunctionIdConverter))]
public readonly record struct FunctionId
{
    private const int MaxLength = 255;

    private readonly string? _value;

    private FunctionId(string value) => _value = value;

    /// <summary>The text on the wire.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A function id was used before it was set.");

    /// <summary>Joins the ids of app and function.</summary>
    /// <exception cref="FormatException">Together they are empty or longer than 255 characters.</exception>
    public static FunctionId Compose(string appId, string functionId) => Parse($"{appId}-{functionId}");

    public static bool TryParse(string? text, out FunctionId id)
    {
        id = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxLength)
            return false;

        id = new FunctionId(text);
        return true;
    }

    /// <exception cref="FormatException">The text is empty or longer than 255 characters.</exception>
    public static FunctionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a function id: 1 to {MaxLength} characters.");

    public override string ToString() => _value ?? "";
}
