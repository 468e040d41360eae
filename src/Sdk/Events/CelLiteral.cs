using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk.Events;

/// <summary>Values as literals of CEL, which has JSON's own for strings, numbers, bools and null.</summary>
internal static class CelLiteral
{
    /// <exception cref="ArgumentException">The value is a list or an object.</exception>
    public static string Of(RawJson value, object field)
    {
        using var document = value.Parse();
        return document.RootElement.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? throw new ArgumentException($"The value that '{field}' is compared with is {value}; it must be written as a string, a number or a bool.")
            : value.ToString();
    }
}
