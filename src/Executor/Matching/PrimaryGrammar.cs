using System.Runtime.CompilerServices;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using static Stepwell.Executor.Matching.ExpressionToken;

namespace Stepwell.Executor.Matching;

/// <summary>The grammar of what stands between operators: literals, names, calls, lists, maps, brackets, and what may follow them.</summary>
internal static class PrimaryGrammar
{
    // A bracket costs several KB of stack. The limit on nesting fits into an ordinary thread; a caller who has used up most of his gets a problem, not a crash.
    private static readonly TokenListParser<ExpressionToken, Node> s_expression = input => RuntimeHelpers.TryEnsureSufficientExecutionStack()
        ? ExpressionGrammar.Expression(input)
        : TokenListParserResult.Empty<ExpressionToken, Node>(input, ["fewer brackets"]);

    private static readonly TokenListParser<ExpressionToken, Node[]> s_arguments =
        s_expression.ManyDelimitedBy(Token.EqualTo(Comma)).Between(Token.EqualTo(LeftParenthesis), Token.EqualTo(RightParenthesis));

    private static readonly TokenListParser<ExpressionToken, Node> s_literal =
        Token.EqualTo(Number).Select(token => NumberLiteral.Read(token.Span, token.Position.Absolute, negative: false))
            .Or(Token.EqualTo(Text).Select(token => StringLiteral.Read(token.Span)))
            .Or(Token.EqualTo(True).Select(token => (Node)Literal(token, MatchValue.Bool.True)))
            .Or(Token.EqualTo(False).Select(token => (Node)Literal(token, MatchValue.Bool.False)))
            .Or(Token.EqualTo(Null).Select(token => (Node)Literal(token, MatchValue.Null.Instance)));

    private static readonly TokenListParser<ExpressionToken, Node> s_name =
        from name in Token.EqualTo(ExpressionToken.Identifier)
        from call in s_arguments.Select(arguments => Call(name, arguments)).OptionalOrDefault(new Node.Variable(name.Position.Absolute, name.ToStringValue()))
        select call;

    private static readonly TokenListParser<ExpressionToken, Node> s_parenthesis =
        s_expression.Between(Token.EqualTo(LeftParenthesis), Token.EqualTo(RightParenthesis));

    private static readonly TokenListParser<ExpressionToken, Node> s_list =
        from open in Token.EqualTo(LeftBracket)
        from items in Items(s_expression.Select(item => new[] { item }), RightBracket)
        select (Node)new Node.ListLiteral(open.Position.Absolute, [.. items]);

    private static readonly TokenListParser<ExpressionToken, Node[]> s_entry =
        from key in s_expression
        from colon in Token.EqualTo(Colon)
        from value in s_expression
        select new[] { key, value };

    private static readonly TokenListParser<ExpressionToken, Node> s_map =
        from open in Token.EqualTo(LeftBrace)
        from entries in Items(s_entry, RightBrace)
        select (Node)new Node.MapLiteral(open.Position.Absolute, [.. entries]);

    public static readonly TokenListParser<ExpressionToken, Node> Primary =
        s_literal.Or(s_name).Or(s_parenthesis).Or(s_list).Or(s_map).Named("a value");

    private static readonly TokenListParser<ExpressionToken, Func<Node, Node>> s_index =
        from open in Token.EqualTo(LeftBracket)
        from key in s_expression
        from close in Token.EqualTo(RightBracket)
        select (Func<Node, Node>)(target => new Node.Index(open.Position.Absolute, target, key));

    private static readonly TokenListParser<ExpressionToken, Func<Node, Node>> s_quotedField =
        from name in Token.EqualTo(QuotedIdentifier)
        select (Func<Node, Node>)(target => new Node.Select(name.Position.Absolute, target, name.ToStringValue()[1..^1]));

    private static readonly TokenListParser<ExpressionToken, Func<Node, Node>> s_fieldOrMethod =
        from name in Token.EqualTo(ExpressionToken.Identifier)
        from suffix in s_arguments.Select(arguments => Method(name, arguments)).OptionalOrDefault(Field(name))
        select suffix;

    /// <summary>.field, .`quoted field`, .method(…) or [index].</summary>
    public static readonly TokenListParser<ExpressionToken, Func<Node, Node>> Suffix =
        Token.EqualTo(Dot).IgnoreThen(s_fieldOrMethod.Or(s_quotedField)).Or(s_index);

    private static Node.Literal Literal(Token<ExpressionToken> token, MatchValue value) => new Node.Literal(token.Position.Absolute, value);

    private static Func<Node, Node> Field(Token<ExpressionToken> name) => target => new Node.Select(name.Position.Absolute, target, name.ToStringValue());

    private static Func<Node, Node> Method(Token<ExpressionToken> name, Node[] arguments) =>
        target => new Node.MethodCall(name.Position.Absolute, name.ToStringValue(), target, [.. arguments]);

    private static Node Call(Token<ExpressionToken> name, Node[] arguments)
    {
        var position = name.Position.Absolute;
        return (name.ToStringValue(), arguments) switch
        {
            ("has", [Node.Select select]) => new Node.Has(position, select.Target, select.Field),
            ("has", _) => new Node.Refused(position, "has() takes one field, such as has(event.data.x)"),
            (var function, _) => new Node.FunctionCall(position, function, [.. arguments]),
        };
    }

    /// <summary>Items between commas up to the closing bracket, with a comma after the last one or without.</summary>
    private static TokenListParser<ExpressionToken, Node[]> Items(TokenListParser<ExpressionToken, Node[]> item, ExpressionToken close)
    {
        var end = Token.EqualTo(close);
        var commaOrEnd = Token.EqualTo(Comma).Or(end);
        return input =>
        {
            var items = new List<Node>();
            var rest = input;
            for (var closing = end(rest); ; closing = end(rest))
            {
                if (closing.HasValue)
                    return TokenListParserResult.Value(items.ToArray(), input, closing.Remainder);

                var next = item(rest);
                if (!next.HasValue)
                    return next;

                items.AddRange(next.Value);
                var after = commaOrEnd(next.Remainder);
                if (!after.HasValue)
                    return TokenListParserResult.CastEmpty<ExpressionToken, Token<ExpressionToken>, Node[]>(after);

                if (after.Value.Kind == close)
                    return TokenListParserResult.Value(items.ToArray(), input, after.Remainder);

                rest = after.Remainder;
            }
        };
    }
}
