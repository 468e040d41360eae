using System.Runtime.InteropServices;
using System.Text.Json;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Signing;
using Stepwell.Protocol.Tests.Recordings;

namespace Stepwell.Protocol.Tests.Signing;

/// <summary>The signatures of the real server and the real SDK, both ways.</summary>
public class RecordedSignatureTests
{
    private const string Key = "signkey-test-12345678abcdef00";

    public static TheoryData<string> SignedRequests => Recording.Named(exchange => exchange.RequestHeader(ProtocolHeaders.Signature) is not null);

    public static TheoryData<string> SignedAnswers => Recording.Named(exchange => exchange.AnswerHeader(ProtocolHeaders.Signature) is not null);

    [Theory]
    [MemberData(nameof(SignedRequests))]
    public void A_request_of_the_server_is_signed_over_its_canonical_body(string id)
    {
        var exchange = Recording.Find(id);
        var header = exchange.RequestHeader(ProtocolHeaders.Signature)!;
        var body = exchange.Request.ValueKind == JsonValueKind.String
            ? default
            : CanonicalJson.Canonicalize(JsonMarshal.GetRawUtf8Value(exchange.Request).ToArray()).Utf8;

        Verifies(body.Span, header);
    }

    [Theory]
    [MemberData(nameof(SignedAnswers))]
    public void An_answer_of_the_SDK_is_signed_over_the_bytes_sent(string id)
    {
        var exchange = Recording.Find(id);
        var header = exchange.AnswerHeader(ProtocolHeaders.Signature)!;
        var isEmpty = exchange.AnswerHeader("content-length") == "0";

        Verifies(isEmpty ? [] : JsonText.Compact(exchange.Answer), header);
    }

    [Fact]
    public void There_are_signatures_both_ways()
    {
        Assert.Equal((5, 5), (SignedRequests.Count, SignedAnswers.Count));
    }

    [Fact]
    public void The_app_shows_its_key_as_bearer_token_and_in_its_introspection()
    {
        var key = SigningKey.Parse(Key);
        var registration = Recording.All.Single(exchange => exchange is { IsRegistration: true, Folder: "" });
        var introspection = Recording.All.Single(exchange => exchange is { Method: "GET", Status: 200, Folder: "" } && exchange.RequestHeader(ProtocolHeaders.Signature) is not null);

        Assert.Equal($"Bearer {key.BearerToken}", registration.RequestHeader("authorization"));
        Assert.Equal(introspection.Answer.GetProperty("signing_key_hash").GetString(), key.ShortHash);
    }

    private static void Verifies(ReadOnlySpan<byte> body, string header)
    {
        var key = SigningKey.Parse(Key);
        var signed = DateTimeOffset.FromUnixTimeSeconds(long.Parse(header[2..header.IndexOf('&', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(SignatureCheck.Valid, key.Verify(body, header, signed));
        Assert.Equal(header, key.Sign(body, signed));
        Assert.Equal(SignatureCheck.Mismatch, SigningKey.Parse("signkey-test-12345678abcdef01").Verify(body, header, signed));
    }
}
