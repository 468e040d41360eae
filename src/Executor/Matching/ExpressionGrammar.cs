using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using static Stepwell.Executor.Matching.ExpressionToken;

namespace Stepwell.Executor.Matching;

/// <summary>
/// The grammar of CEL from the operators up. Chains of the same level are read in a loop, so that only brackets nest calls of the parser; the fields stand in the order in
/// which they build on each other.
/// </summary>
internal static class ExpressionGrammar
{
    private static readonly TokenListParser<ExpressionToken, Node> s_member =
        from primary in PrimaryGrammar.Primary
        from suffixes in PrimaryGrammar.Suffix.Many()
        select suffixes.Aggregate(primary, (target, suffix) => suffix(target));

    private static readonly TokenListParser<ExpressionToken, Func<Token<ExpressionToken>[], Node>> s_negated =
        Token.EqualTo(Number).Select(number => (Func<Token<ExpressionToken>[], Node>)(signs => Negate(signs[..^1], NumberLiteral.Read(number.Span, signs[^1].Position.Absolute, negative: true))))
            .Or(s_member.Select(operand => (Func<Token<ExpressionToken>[], Node>)(signs => Negate(signs, operand))));

    private static readonly TokenListParser<ExpressionToken, Node> s_unary = s_member
        .Or(
            from signs in Token.EqualTo(Minus).AtLeastOnce()
            from operand in s_negated
            select operand(signs))
        .Or(
            from nots in Token.EqualTo(Not).AtLeastOnce()
            from operand in s_member
            select nots.Reverse().Aggregate(operand, (inner, not) => new Node.Not(not.Position.Absolute, inner)));

    private static readonly TokenListParser<ExpressionToken, Node> s_product =
        Parse.Chain(Token.EqualTo(Times).Or(Token.EqualTo(Divide)).Or(Token.EqualTo(Remainder)), s_unary, Binary);

    private static readonly TokenListParser<ExpressionToken, Node> s_sum =
        Parse.Chain(Token.EqualTo(Plus).Or(Token.EqualTo(Minus)), s_product, Binary);

    private static readonly TokenListParser<ExpressionToken, Node> s_relation = Parse.Chain(
        Token.EqualTo(Equal).Or(Token.EqualTo(NotEqual)).Or(Token.EqualTo(Less)).Or(Token.EqualTo(LessOrEqual))
            .Or(Token.EqualTo(Greater)).Or(Token.EqualTo(GreaterOrEqual)).Or(Token.EqualTo(In)),
        s_sum,
        Binary);

    private static readonly TokenListParser<ExpressionToken, Node> s_all =
        s_relation.AtLeastOnceDelimitedBy(Token.EqualTo(And)).Select(terms => terms is [var only] ? only : new Node.All(terms[0].Position, [.. terms]));

    private static readonly TokenListParser<ExpressionToken, Node> s_any =
        s_all.AtLeastOnceDelimitedBy(Token.EqualTo(Or)).Select(terms => terms is [var only] ? only : new Node.Any(terms[0].Position, [.. terms]));

    private static readonly TokenListParser<ExpressionToken, (Node Yes, Node No)> s_branches =
        from question in Token.EqualTo(Question)
        from yes in s_any
        from colon in Token.EqualTo(Colon)
        from no in s_any
        select (yes, no);

    public static readonly TokenListParser<ExpressionToken, Node> Expression =
        from first in s_any
        from branches in s_branches.Many()
        select Conditional(first, branches);

    private static Node Binary(Token<ExpressionToken> symbol, Node left, Node right) => new Node.Binary(symbol.Position.Absolute, symbol.Kind, left, right);

    private static Node Negate(Token<ExpressionToken>[] signs, Node operand) =>
        signs.Reverse().Aggregate(operand, (inner, sign) => new Node.Negation(sign.Position.Absolute, inner));

    /// <summary>c ? a : d ? b : e is c ? a : (d ? b : e).</summary>
    private static Node Conditional(Node first, (Node Yes, Node No)[] branches)
    {
        if (branches.Length == 0)
            return first;

        var result = branches[^1].No;
        for (var at = branches.Length - 1; at >= 0; at--)
        {
            var condition = at == 0 ? first : branches[at - 1].No;
            result = new Node.Conditional(condition.Position, condition, branches[at].Yes, result);
        }

        return result;
    }
}
