using CsCheck;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>What apps answer to a call, right and wrong.</summary>
internal static class AnswerGrammar
{
    private static readonly Gen<string> s_sdk = Gen.Frequency((4, Gen.OneOf("inngest-js:v4.24.0", "js:v3")), (1, AnyText.Any));

    private static readonly Gen<string> s_version = Gen.Frequency((4, Gen.OneOf("1", "2")), (1, AnyText.Any));

    private static readonly Gen<string> s_noRetry = Gen.Frequency((4, Gen.OneOf("true", "false")), (1, AnyText.Any));

    private static readonly Gen<string> s_retryAfter = Gen.Frequency((4, Gen.OneOf("5", "0", "9999999", "2026-11-24T09:00:00.000Z", "Tue, 24 Nov 2026 09:00:00 GMT")), (1, AnyText.Any));

    private static readonly Gen<string> s_location = Gen.Frequency((3, Gen.OneOf($"{ExecutorWorld.AppUrl}/", "/there", "http://other.example/", "//", "//[", "http://[", "http://a b/", "?", "javascript:0")), (1, AnyText.Any));

    private static readonly Gen<int> s_status = Gen.Frequency((6, Gen.OneOf(200, 206, 206, 206, 201, 400, 500)), (2, Gen.OneOf(204, 301, 302, 307, 308, 401, 403, 404, 409, 413, 429, 502, 503)), (1, Gen.Int[100, 999]));

    private static readonly Gen<JsonTree> s_message = Gen.OneOf("""{"message":"Unauthorized"}""", """{"error":"Could not find step \"x\" to run; timed out.","requestedStep":"x","foundSteps":[],"totalFoundSteps":0}""", """{"error":""}""", """{"type":"internal"}""")
        .Select(text => (JsonTree)new JsonTree.Leaf(text));

    private static readonly Gen<JsonTree> s_content = Gen.Frequency((4, OpGrammar.Several), (1, OpGrammar.Data), (1, OpGrammar.Error), (1, s_message));

    private static readonly Gen<byte[]> s_streamed = Gen.Select(
        Gen.Int[0, 5],
        Bodies.Of(Gen.Select(s_status, s_sdk, s_version, s_content, Gen.Bool, (status, sdk, version, content, isText) => JsonTree.Of(
            ("status", new JsonTree.Leaf($"{status}")),
            ("headers", JsonTree.Of(("x-inngest-sdk", new JsonTree.Leaf(AnyJson.Quoted(sdk))), ("x-inngest-req-version", new JsonTree.Leaf(AnyJson.Quoted(version))))),
            ("body", isText ? new JsonTree.Leaf(AnyJson.Quoted(content.ToString())) : content),
            ("version", new JsonTree.Leaf("2"))))),
        (spaces, body) => (byte[])[.. Enumerable.Repeat((byte)' ', spaces), .. body]);

    public static Gen<HttpAnswer> Any { get; } = s_status.SelectMany(status => Gen.Select(
        Maybe("x-inngest-sdk", s_sdk, 9), Maybe("x-inngest-req-version", s_version, 8), Maybe("x-inngest-no-retry", s_noRetry, 3), Maybe("retry-after", s_retryAfter, 2), Maybe("location", s_location, status is >= 300 and < 400 ? 9 : 0),
        Maybe("content-type", Gen.OneOf("application/json", "text/html; charset=utf-8", "x"), 5),
        status switch
        {
            201 => Gen.Frequency((4, s_streamed), (1, Bodies.Any)),
            206 => Bodies.Of(OpGrammar.Several),
            200 => Bodies.Of(OpGrammar.Data),
            _ => Bodies.Of(Gen.OneOf(OpGrammar.Error, s_message)),
        },
        (sdk, version, noRetry, retryAfter, location, type, body) => new HttpAnswer(status, [.. sdk, .. version, .. noRetry, .. retryAfter, .. location, .. type], body)));

    /// <summary>A header that is there in so many of ten cases.</summary>
    private static Gen<(string Name, string Value)[]> Maybe(string name, Gen<string> values, int often) =>
        Gen.Select(Gen.Int[0, 9], values, (chance, value) => chance < often ? new[] { (name, value) } : []);
}
