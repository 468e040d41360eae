using CsCheck;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Texts that nobody would send.</summary>
internal static class AnyText
{
    private static readonly string[] s_awkward =
    [
        "", " ", "\0", "\t\r\n", "\u00a0", "\ufeff", "\ud83d", "\ude00", "\ud83d\ude00", "a\ud83d", "\u2028", "null", "undefined", "NaN", "-0", "1e400", "-1", "0", "1", "9007199254740993",
        "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "0x10", "1_000", "1,5", "١٢٣", "../..", "a/b", "a?b#c", "%00", "%", "'", "\"", "\\", "`", "<script>", "{{x}}", "$(x)",
        "inngest/x", "*", "step", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "http://169.254.169.254/", "http://[", "//", "1970-01-01", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00",
        "1h", "-1h", "1d2h", "366d", "367d", "99999999w", "event.data.x", "event.data.x ==",
    ];

    public static Gen<string> Awkward { get; } = Gen.OneOf(s_awkward);

    /// <summary>Any UTF-16, halves of surrogate pairs and NULs among it.</summary>
    public static Gen<string> Random { get; } = Gen.OneOf(
        Gen.String[Gen.Char, 0, 40],
        Gen.String[Gen.Char[' ', '~'], 0, 60],
        Gen.String[Gen.Char['\ud800', '\udfff'], 1, 4],
        Gen.Select(Gen.Char, Gen.Int[250, 600], (letter, length) => new string(letter, length)));

    public static Gen<string> Any { get; } = Gen.OneOf(Awkward, Random);

    /// <summary>A text with up to three spans cut out, repeated or replaced.</summary>
    public static Gen<string> Mutated(Gen<string> texts) => Gen.Select(texts, Gen.Select(Gen.Int[0, 4], Gen.Int[0, 10_000], Gen.Int[0, 8], Any).Array[1, 3], (text, changes) =>
    {
        foreach (var (kind, from, length, other) in changes)
        {
            var start = from % (text.Length + 1);
            var end = Math.Min(start + length, text.Length);
            text = kind switch
            {
                0 => text[..start] + text[end..],
                1 => text[..end] + text[start..],
                2 => text[..start] + other + text[end..],
                3 => text[..start],
                _ => text.Insert(start, other),
            };
        }

        return text;
    });
}
