using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Stepwell.Executor.Api;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;
using Stepwell.Protocol.Signing;

namespace Stepwell.Fuzz.Tests;

/// <summary>Headers that prove who one is: right ones alone are accepted, and nothing is thrown.</summary>
public class SignatureHeaderTests
{
    private const string Secret = "12345678abcdef00";
    private const string OldSecret = "00fedcba87654321";
    private const long Now = 1_795_491_803;

    private static readonly SigningKeys s_keys = new(SigningKey.Parse($"signkey-test-{Secret}"), SigningKey.Parse($"signkey-test-{OldSecret}"));

    private static readonly Gen<byte[]> s_bodies = Gen.OneOf(Gen.Const("""{"a":1}"""u8.ToArray()), Gen.Const(Array.Empty<byte>()), Gen.Byte.Array[0, 40]);

    private static readonly Gen<(byte[] Body, string Header)> s_signed = Gen.Select(
        s_bodies, s_bodies, Gen.Bool, Gen.OneOf(Secret, OldSecret, "ffffffffffffffff"), Gen.OneOf(Gen.Long[Now - 400, Now + 400], Gen.Long), Gen.Int[0, 3], (body, other, isOther, secret, time, form) =>
        {
            var hash = Hash(secret, body, $"{time}");
            var header = form switch { 0 => $"t={time}&s={hash.ToUpperInvariant()}", 1 => $" t={time}&s={hash} ", _ => $"t={time}&s={hash}" };
            return (isOther ? other : body, header);
        });

    private static readonly Gen<(byte[] Body, string Header)> s_requests = Gen.Frequency(
        (3, s_signed),
        (5, s_signed.SelectMany(signed => AnyText.Mutated(Gen.Const(signed.Header)).Select(header => (signed.Body, header)))),
        (1, Gen.Select(s_bodies, AnyText.Any)),
        (1, Gen.Select(s_bodies, AnyText.Any, AnyText.Any, (body, time, hash) => (body, $"t={time}&s={hash}"))));

    [Fact]
    public async Task A_signature_is_valid_exactly_when_it_is_that_of_the_body_and_the_time()
    {
        var valid = 0;
        await Cases.CheckAsync(
            s_requests,
            request =>
            {
                var check = s_keys.Verify(request.Body, request.Header, DateTimeOffset.FromUnixTimeSeconds(Now), out var by);

                Assert.Equal(IsRight(request.Body, request.Header), check == SignatureCheck.Valid);
                if (check != SignatureCheck.Valid)
                    return;

                Interlocked.Increment(ref valid);
                Assert.Equal(SignatureCheck.Valid, by.Verify(request.Body, request.Header, DateTimeOffset.FromUnixTimeSeconds(Now)));
            },
            request => $"{Printable.Of(request.Header)}\n{Printable.Of(request.Body)}");

        Assert.True(!Cases.AreMany || valid > 10, $"{valid} valid");
    }

    [Fact]
    public async Task A_request_is_let_in_by_the_hash_of_a_signing_key_alone()
    {
        var right = new[] { s_keys.Primary.BearerToken, s_keys.Fallback!.BearerToken };
        var headers = Gen.Select(Gen.OneOf("Bearer ", "bearer ", "Bearer", "Basic ", ""), Gen.Frequency((1, Gen.OneOf(right)), (3, AnyText.Mutated(Gen.OneOf(right))), (1, AnyText.Any)), (scheme, token) => scheme + token);
        var options = new ApiOptions { SigningKeys = s_keys, EventKeys = ["event-key"] };
        await Cases.CheckAsync(
            headers,
            async header =>
            {
                await using var world = new ExecutorWorld(options);

                var answer = await world.AskAsync("GET", "/v1/events", headers: new Dictionary<string, string> { ["authorization"] = header });

                var isRight = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && right.Contains(header["Bearer ".Length..].Trim());
                Assert.Equal(isRight ? 200 : 401, answer.Status);
                Assert.Equal(isRight, answer.IsDone());
            },
            Printable.Of);
    }

    [Fact]
    public async Task An_event_is_let_in_by_an_event_key_alone() => await Cases.CheckAsync(
        Gen.Frequency((1, Gen.Const("event-key")), (3, AnyText.Mutated(Gen.Const("event-key"))), (1, AnyText.Any)),
        async key =>
        {
            await using var world = new ExecutorWorld(new ApiOptions { SigningKeys = s_keys, EventKeys = ["event-key"] });

            var answer = await world.AskAsync("POST", $"/e/{key}", "[]"u8.ToArray());

            var segments = $"/e/{key}".Split('/', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(segments.Length != 2 ? 404 : Uri.UnescapeDataString(segments[1]) == "event-key" ? 200 : 401, answer.Status);
            answer.IsDone();
        },
        Printable.Of);

    [Fact]
    public async Task A_text_is_a_signing_key_or_is_refused_without_being_repeated() => await Cases.CheckAsync(
        Gen.Frequency((1, Gen.Const($"signkey-test-{Secret}")), (3, AnyText.Mutated(Gen.Const($"signkey-test-{Secret}"))), (1, AnyText.Any)),
        text =>
        {
            try
            {
                Assert.NotEmpty(SigningKey.Parse(text).BearerToken);
            }
            catch (FormatException problem)
            {
                ClearSentence.Require(problem.Message);
                Assert.DoesNotContain("12345678", problem.Message, StringComparison.Ordinal);
            }
        },
        Printable.Of);

    private static bool IsRight(byte[] body, string header)
    {
        var parts = header.Trim().Split("&s=");
        return parts is [['t', '=', .. { Length: >= 1 and <= 19 } time], { Length: 64 } hash]
            && time.All(char.IsAsciiDigit)
            && long.TryParse(time, out var seconds)
            && Math.Abs((decimal)seconds - Now) <= 300
            && new[] { Secret, OldSecret }.Any(secret => string.Equals(Hash(secret, body, time), hash, StringComparison.OrdinalIgnoreCase));
    }

    private static string Hash(string secret, byte[] body, string time) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body.Concat(Encoding.UTF8.GetBytes(time)).ToArray()));
}
