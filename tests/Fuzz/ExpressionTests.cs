using System.Text;
using CsCheck;
using Stepwell.Executor.Matching;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Protocol.Json;

namespace Stepwell.Fuzz.Tests;

/// <summary>Expressions: whatever is written they are taken, or refused at a place and for a reason; whatever arrives they give a value, and give it soon.</summary>
public class ExpressionTests
{
    private const string TooLong = "the evaluation takes too long";

    // What the language promises at most: see the limits of what + makes.
    private const int LongestText = 256 * 1024;
    private const int LongestList = 10_000;

    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<RawJson> s_events = Bodies.Mutated(Gen.Const(JsonTree.Of(
            ("name", JsonTree.Of("shop/order")),
            ("ts", new JsonTree.Leaf("1795491803494")),
            ("data", JsonTree.Of(("n", new JsonTree.Leaf("5")), ("text", JsonTree.Of("u1")), ("none", JsonTree.Null), ("a-b", JsonTree.Of("x")), ("list", JsonTree.ListOf(new JsonTree.Leaf("1"), JsonTree.Of("a"))))))))
        .Select(tree => Canonical(tree.ToString()));

    private static readonly RawJson s_large = Canonical($$"""{"name":"a","data":{"n":1,"text":"{{new string('a', 5_000)}}","list":[{{string.Join(',', Enumerable.Range(0, 3_000).Select(at => $"[{at},\"{at}\"]"))}}] } }""");

    [Fact]
    public async Task Any_text_is_an_expression_that_gives_a_value_or_a_problem_with_its_place()
    {
        var (taken, refused) = (0, 0);
        await Cases.CheckAsync(
            Gen.Select(ExpressionGrammar.Any, s_events, s_events),
            input =>
            {
                var (text, runEvent, candidate) = input;
                if (!MatchExpression.TryParse(text, MatchVariables.Event, out var expression, out var problem))
                {
                    Interlocked.Increment(ref refused);
                    Assert.InRange(problem.Column, 1, text.Length + 1);
                    Assert.False(string.IsNullOrWhiteSpace(problem.Reason));
                    Assert.Contains($"at column {problem.Column}", problem.ToString(), StringComparison.Ordinal);
                    return;
                }

                Interlocked.Increment(ref taken);
                Evaluate(expression, MatchInput.OfEvent(runEvent, s_now));
                Assert.True(MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var wait, out _));
                var both = MatchInput.OfWait(runEvent, candidate, s_now);
                Evaluate(wait, both);
                foreach (var equality in wait.Equalities(both))
                    Assert.True(!wait.IsTrue(both) || (MatchEquality.TryValueAt(both.Values[1], equality.Path, out var value) && value == equality.Value));
            },
            input => $"{Printable.Of(input.Item1)}\n{Printable.Of(input.Item2.Utf8.Span)}\n{Printable.Of(input.Item3.Utf8.Span)}");

        Assert.True(!Cases.AreMany || (taken > 100 && refused > 100), $"{taken} taken, {refused} refused");
    }

    [Fact]
    public async Task A_well_formed_expression_is_refused_only_for_a_pattern_or_its_size() => await Cases.CheckAsync(
        ExpressionGrammar.WellFormed,
        text =>
        {
            if (!MatchExpression.TryParse(text, MatchVariables.Event, out _, out var problem))
                Assert.Matches("^(a pattern|the pattern|the expression|brackets nest|.* may not be|.*key)", problem.Reason);
        },
        Printable.Of);

    [Fact]
    public async Task An_expression_gives_up_before_its_work_or_its_value_grows_without_bound()
    {
        var given = 0;
        await Cases.CheckAsync(
            ExpressionGrammar.Costly,
            text =>
            {
                if (!MatchExpression.TryParse(text, MatchVariables.Event, out var expression, out _))
                    return;

                var value = expression.Evaluate(MatchInput.OfEvent(s_large, s_now));
                RequireBounded(value);
                if (value is MatchValue.Error { Reason: TooLong })
                    Interlocked.Increment(ref given);
            },
            Printable.Of,
            oneIn: 50);

        Assert.True(!Cases.AreMany || given > 0, "No expression was given up: the costly ones are not costly.");
    }

    private static void Evaluate(MatchExpression expression, MatchInput input)
    {
        var value = expression.Evaluate(input);
        RequireBounded(value);
        Assert.Equal(value is MatchValue.Bool { Value: true }, expression.IsTrue(input));
        Assert.NotNull(expression.KeyText(input));
    }

    private static void RequireBounded(MatchValue value)
    {
        switch (value)
        {
            case MatchValue.Error error:
                Assert.False(string.IsNullOrWhiteSpace(error.Reason));
                break;
            case MatchValue.Text text:
                Assert.True(text.Value.Length <= LongestText);
                break;
            case MatchValue.List list:
                Assert.True(list.Items.Length <= LongestList);
                break;
        }
    }

    private static RawJson Canonical(string json)
    {
        try
        {
            return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json));
        }
        catch (System.Text.Json.JsonException)
        {
            // No event comes this far that is no JSON.
            return RawJson.Null;
        }
    }
}
