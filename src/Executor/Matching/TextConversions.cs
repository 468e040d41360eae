namespace Stepwell.Executor.Matching;

/// <summary>string() and bool().</summary>
internal static class TextConversions
{
    public static MatchValue Text(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Text => value,
        MatchValue.Null or MatchValue.List or MatchValue.Map or MatchValue.JsonObject => new MatchValue.Error($"string() does not take {value.Kind}"),
        _ => new MatchValue.Text(ValueText.Of(value)),
    };

    public static MatchValue Bool(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Bool => value,
        MatchValue.Text { Value: "1" or "t" or "true" or "T" or "TRUE" or "True" } => MatchValue.Bool.True,
        MatchValue.Text { Value: "0" or "f" or "false" or "F" or "FALSE" or "False" } => MatchValue.Bool.False,
        _ => NumberConversions.Failed("bool", value),
    };
}
