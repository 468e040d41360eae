using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stepwell.Protocol.Json;

/// <summary>Numbers as ECMAScript prints them (RFC 8785 §3.2.2.3): the shortest digits that read back to the same double, laid out by its rules.</summary>
internal static class CanonicalNumber
{
    // From this power of ten on ECMAScript prints an exponent, and below the other.
    private const int MaxPlainExponent = 21;
    private const int MinPlainExponent = -6;

    /// <exception cref="JsonException">The number is beyond what a double holds.</exception>
    public static void Write(ReadOnlySpan<byte> number, ArrayBufferWriter<byte> writer)
    {
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw new JsonException($"The number {Encoding.ASCII.GetString(number[..Math.Min(number.Length, 40)])} is beyond what a double holds.");

        writer.Write(Encoding.ASCII.GetBytes(Format(value)));
    }

    internal static string Format(double value)
    {
        if (value == 0)
            return "0";

        var sign = value < 0 ? "-" : "";
        var (digits, point) = Shortest(Math.Abs(value));
        return sign + Layout(digits, point);
    }

    private static string Layout(string digits, int point)
    {
        if (point > MaxPlainExponent || point <= MinPlainExponent)
        {
            var exponent = point - 1;
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits.AsSpan(1)}";
            return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
        }

        if (point <= 0)
            return $"0.{new string('0', -point)}{digits}";

        return digits.Length <= point ? digits.PadRight(point, '0') : $"{digits.AsSpan(0, point)}.{digits.AsSpan(point)}";
    }

    /// <summary>The shortest digits without zeros at either end, and where the point stands: value = 0.digits × 10^point.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        if (text.IndexOf('E', StringComparison.Ordinal) is var e and >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), point - leading);
    }
}
