using System.Text.Json;

namespace Stepwell.Protocol.Tests.Json;

public class CanonicalNumberTests
{
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e10", "0")]
    [InlineData("100", "100")]
    [InlineData("1e2", "100")]
    [InlineData("123456789", "123456789")]
    [InlineData("1E+17", "100000000000000000")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1E21", "1e+21")]
    [InlineData("123e19", "1.23e+21")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.0000010", "0.000001")]
    [InlineData("1E-07", "1e-7")]
    [InlineData("0.00000012", "1.2e-7")]
    [InlineData("-1.5e-9", "-1.5e-9")]
    [InlineData("1e-400", "0")]
    [InlineData("-1e-400", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("0.1000000000000000055511151231257827", "0.1")]
    public void A_number_is_printed_as_ECMAScript_prints_it(string number, string printed)
    {
        Assert.Equal(printed, Canonical.Of(number));
    }

    [Theory]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("9007199254740995", "9007199254740996")]
    [InlineData("-9007199254740993", "-9007199254740992")]
    [InlineData("9223372036854775807", "9223372036854776000")]
    [InlineData("18446744073709551615", "18446744073709552000")]
    [InlineData("12345678901234567890123", "1.2345678901234568e+22")]
    public void An_integer_beyond_2_to_the_53_is_rounded_to_a_double(string number, string printed)
    {
        Assert.Equal(printed, Canonical.Of(number));
    }

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e99999999999")]
    public void A_number_beyond_a_double_is_refused_by_name(string number)
    {
        var exception = Assert.Throws<JsonException>(() => Canonical.Of($"[{number}]"));

        Assert.Contains(number, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_number_of_a_thousand_digits_is_shown_in_part()
    {
        var exception = Assert.Throws<JsonException>(() => Canonical.Of(new string('9', 1_000)));

        Assert.InRange(exception.Message.Length, 40, 200);
    }
}
