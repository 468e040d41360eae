using System.Globalization;
using System.Text;

namespace Stepwell.Fuzz.Tests;

/// <summary>Inputs as failures show them: what does not print, or not alone, as its number.</summary>
internal static class Printable
{
    public static string Of(string? text)
    {
        if (text is null)
            return "(none)";

        var shown = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~' and not '\\')
                shown.Append(letter);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return shown.Append('"').ToString();
    }

    /// <summary>Bytes, most of which are text; the others in hex.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder();
        foreach (var one in bytes)
        {
            if (one is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
                shown.Append((char)one);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
        }

        return shown.ToString();
    }
}
