namespace Stepwell.Executor.Matching;

/// <summary>Functions over strings, and size().</summary>
internal static class TextFunctions
{
    /// <summary>Code points of a string, items of a list, entries of a map.</summary>
    public static MatchValue Size(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Text text when evaluation.SpendText(text.Value.Length) => new MatchValue.IntNumber(CodePoints(text.Value)),
        MatchValue.List list => new MatchValue.IntNumber(list.Items.Length),
        MatchValue.Map map => new MatchValue.IntNumber(map.Entries.Count),
        MatchValue.JsonObject map => new MatchValue.IntNumber(JsonValues.Members(map.Json, evaluation).Count),
        _ => new MatchValue.Error($"size() takes a string, a list or a map, not {value.Kind}"),
    };

    public static MatchValue Contains(MatchValue text, MatchValue part, Evaluation evaluation) =>
        Test("contains", text, part, evaluation, (whole, piece) => whole.Contains(piece, StringComparison.Ordinal));

    public static MatchValue StartsWith(MatchValue text, MatchValue part, Evaluation evaluation) =>
        Test("startsWith", text, part, evaluation, (whole, piece) => whole.StartsWith(piece, StringComparison.Ordinal));

    public static MatchValue EndsWith(MatchValue text, MatchValue part, Evaluation evaluation) =>
        Test("endsWith", text, part, evaluation, (whole, piece) => whole.EndsWith(piece, StringComparison.Ordinal));

    public static MatchValue LowerAscii(MatchValue text, MatchValue none, Evaluation evaluation) => Change("lowerAscii", text, evaluation, char.IsAsciiLetterUpper);

    public static MatchValue UpperAscii(MatchValue text, MatchValue none, Evaluation evaluation) => Change("upperAscii", text, evaluation, char.IsAsciiLetterLower);

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;

        return count;
    }

    private static MatchValue Test(string name, MatchValue text, MatchValue part, Evaluation evaluation, Func<string, string, bool> test)
    {
        if (text is not MatchValue.Text whole || part is not MatchValue.Text piece)
            return new MatchValue.Error($"{name}() takes a string and a string, not {text.Kind} and {part.Kind}");

        // A text of one letter repeated, searched for another such, costs their lengths multiplied in the worst case.
        return MatchValue.Bool.Of(evaluation.Spend(1 + ((long)whole.Value.Length * (1 + (piece.Value.Length / 64)) / 64)) && test(whole.Value, piece.Value));
    }

    /// <summary>Upper and lower case of a letter in ASCII differ in one bit.</summary>
    private static MatchValue Change(string name, MatchValue text, Evaluation evaluation, Func<char, bool> changes)
    {
        if (text is not MatchValue.Text whole)
            return new MatchValue.Error($"{name}() takes a string, not {text.Kind}");

        if (!evaluation.SpendText(whole.Value.Length))
            return text;

        return new MatchValue.Text(string.Create(whole.Value.Length, whole.Value, (letters, source) =>
        {
            for (var at = 0; at < letters.Length; at++)
                letters[at] = changes(source[at]) ? (char)(source[at] ^ 0x20) : source[at];
        }));
    }
}
