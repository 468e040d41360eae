using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Matching;

/// <summary>Parses and evaluates over events written as JSON.</summary>
internal static class Expressions
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static MatchExpression Parse(string text)
    {
        Assert.True(MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var expression, out var problem), $"{text}: {problem}");
        return expression;
    }

    public static string Problem(string text)
    {
        Assert.False(MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out _, out var problem), text);
        return problem.ToString();
    }

    public static MatchValue Evaluate(string text, string runEvent = "{}", string candidate = "{}") => Parse(text).Evaluate(Input(runEvent, candidate));

    public static bool IsTrue(string text, string runEvent = "{}", string candidate = "{}") => Parse(text).IsTrue(Input(runEvent, candidate));

    public static string KeyText(string text, string runEvent = "{}") => Parse(text).KeyText(Input(runEvent, "{}"));

    public static MatchInput Input(string runEvent, string candidate) => MatchInput.OfWait(RawJson.FromString(runEvent), RawJson.FromString(candidate), Now);
}
