using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Fuzz.Tests;

/// <summary>What an error must be like for people: a sentence to its end, without the insides of the program.</summary>
internal static class ClearSentence
{
    private static readonly string[] s_insides = ["System.", "Stepwell.Executor.", "Stepwell.Protocol.", "Stepwell.Sdk.", "   at ", "Object reference", "Exception:"];

    /// <param name="sentence">The error.</param>
    /// <param name="others">What is right though it has no end.</param>
    public static void Require(string? sentence, params ReadOnlySpan<string> others)
    {
        Assert.False(string.IsNullOrWhiteSpace(sentence), "The error says nothing.");
        foreach (var inside in s_insides)
            Assert.False(sentence.Contains(inside, StringComparison.Ordinal), $"The error tells of the program: {sentence}");

        if (!others.Contains(sentence))
            Assert.True(sentence[^1] is '.' or '!' or '?', $"The error does not end: {Printable.Of(sentence)}");
    }

    /// <summary>Of the error of a run, which may be the app's own: ours are clear.</summary>
    public static void RequireAny(string sentence, RawJson error)
    {
        var isOurs = Failure.FromJson(error).Name.StartsWith("Stepwell", StringComparison.Ordinal);
        Assert.True(!isOurs || !string.IsNullOrWhiteSpace(sentence), $"The error says nothing: {error}");
    }
}
