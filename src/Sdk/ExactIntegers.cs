using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk;

/// <summary>
/// Numbers on the wire are doubles (RFC 8785, which signatures need), so a 64-bit id would come back as another one. Better no result than a wrong one.
/// </summary>
internal static class ExactIntegers
{
    // Integers with so few digits are doubles exactly.
    private const int AlwaysExact = 15;

    private static readonly SearchValues<byte> s_fraction = SearchValues.Create(".eE"u8);

    /// <summary>Finds the first integer that would not come back as it is; null when all do.</summary>
    public static string? FirstRounded(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length > AlwaysExact && !reader.ValueSpan.ContainsAny(s_fraction))
            {
                var digits = Encoding.ASCII.GetString(reader.ValueSpan);
                var arriving = reader.GetDouble().ToString("R", CultureInfo.InvariantCulture);
                if (BigInteger.Parse(arriving, NumberStyles.Float, CultureInfo.InvariantCulture) != BigInteger.Parse(digits, CultureInfo.InvariantCulture))
                    return digits;
            }
        }

        return null;
    }
}
