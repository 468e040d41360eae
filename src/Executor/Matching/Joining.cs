namespace Stepwell.Executor.Matching;

/// <summary>+ over strings and lists, to a bounded length: a short expression could otherwise double its way to gigabytes.</summary>
internal static class Joining
{
    public static MatchValue Texts(MatchValue.Text left, MatchValue.Text right, Evaluation evaluation)
    {
        var length = (long)left.Value.Length + right.Value.Length;
        if (length > ExpressionLimits.ResultText)
            return new MatchValue.Error($"+ would make a string of {length} characters, the limit is {ExpressionLimits.ResultText}");

        return new MatchValue.Text(evaluation.SpendText((int)length) ? left.Value + right.Value : "");
    }

    public static MatchValue Lists(MatchValue.List left, MatchValue.List right, Evaluation evaluation)
    {
        var length = left.Items.Length + right.Items.Length;
        if (length > ExpressionLimits.ResultItems)
            return new MatchValue.Error($"+ would make a list of {length} items, the limit is {ExpressionLimits.ResultItems}");

        return new MatchValue.List(evaluation.Spend(length) ? [.. left.Items, .. right.Items] : []);
    }
}
