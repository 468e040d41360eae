using Stepwell.Protocol.Tests.Recordings;

namespace Stepwell.Protocol.Tests.Json;

/// <summary>
/// Nineteen bodies that were signed as they stand and sent to the SDKs, with what these answered. An SDK signs anew what it parsed, so it accepts
/// just the bodies that are canonical.
/// </summary>
public class AcceptedBodiesTests
{
    private static readonly string[] s_servers = ["express+json", "node http", "edge"];

    public static TheoryData<string, string> Bodies => new()
    {
        { "canonical", """{"a":1,"b":"é"}""" },
        { "unsorted", """{"b":1,"a":2}""" },
        { "whitespace", """{"a": 1}""" },
        { "escaped", """{"a":"\u00e9"}""" },
        { "float", """{"a":1.0}""" },
        { "int64", """{"a":9007199254740993}""" },
        { "e20", """{"a":100000000000000000000}""" },
        { "E21upper", """{"a":1E+21}""" },
        { "e21", """{"a":1e+21}""" },
        { "lt_escaped", """{"a":"\u003c"}""" },
        { "lt_raw", """{"a":"<"}""" },
        { "ls2028_raw", "{\"a\":\"\u2028\"}" },
        { "del_raw", "{\"a\":\"\u007f\"}" },
        { "tab_u0009", """{"a":"\u0009"}""" },
        { "tab_short", """{"a":"\t"}""" },
        { "astral_keys_utf16", """{"😀":1,"דּ":2}""" },
        { "astral_keys_codepoint", """{"דּ":2,"😀":1}""" },
        { "lone_surrogate_escaped", """{"a":"\ud800"}""" },
        { "dup_key", """{"a":1,"a":2}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_canonical_exactly_when_the_SDKs_accepted_its_signature(string name, string body)
    {
        var isCanonical = Canonical.Of(body) == body;

        foreach (var file in (string[])["signature-canonical-v3.json", "signature-canonical-v4.json"])
        {
            var answers = Recording.Fixture(file).GetProperty(name);
            Assert.All(s_servers, server => Assert.Equal(isCanonical ? 200 : 401, answers.GetProperty(server).GetInt32()));
        }
    }

    [Fact]
    public void Every_body_that_was_tried_is_here()
    {
        Assert.Equal(
            Recording.Fixture("signature-canonical-v4.json").EnumerateObject().Select(body => body.Name).Order(StringComparer.Ordinal),
            ((IEnumerable<object[]>)Bodies).Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(19, Bodies.Count);
    }
}
