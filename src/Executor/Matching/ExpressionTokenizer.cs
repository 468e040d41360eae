using Superpower;
using Superpower.Model;

namespace Stepwell.Executor.Matching;

/// <summary>Cuts a text into the tokens of CEL.</summary>
internal sealed class ExpressionTokenizer : Tokenizer<ExpressionToken>
{
    public static readonly ExpressionTokenizer Instance = new();

    protected override IEnumerable<Result<ExpressionToken>> Tokenize(TextSpan span)
    {
        var rest = SkipBlank(span);
        while (!rest.IsAtEnd)
        {
            var token = Next(rest);
            yield return token;
            rest = SkipBlank(token.Remainder);
        }
    }

    private static TextSpan SkipBlank(TextSpan rest)
    {
        while (!rest.IsAtEnd)
        {
            if (rest[0] is ' ' or '\t' or '\r' or '\n' or '\f')
                rest = rest.Skip(1);
            else if (StartsWith(rest, "//"))
                rest = rest.Skip(LengthWhile(rest, 0, letter => letter is not '\n'));
            else
                break;
        }

        return rest;
    }

    private static Result<ExpressionToken> Next(TextSpan rest)
    {
        if (StringLiteral.StartsAt(rest))
            return StringLiteral.Scan(rest);

        if (char.IsAsciiDigit(rest[0]) || (rest[0] == '.' && rest.Length > 1 && char.IsAsciiDigit(rest[1])))
            return NumberLiteral.Scan(rest);

        if (IsNameLetter(rest[0]))
            return Name(rest);

        return rest[0] == '`' ? QuotedName(rest) : Symbol(rest);
    }

    private static Result<ExpressionToken> Name(TextSpan rest)
    {
        var length = LengthWhile(rest, 0, IsNameLetter);
        var kind = rest.First(length).ToStringValue() switch
        {
            "true" => ExpressionToken.True,
            "false" => ExpressionToken.False,
            "null" => ExpressionToken.Null,
            "in" => ExpressionToken.In,
            _ => ExpressionToken.Identifier,
        };
        return Result.Value(kind, rest, rest.Skip(length));
    }

    private static Result<ExpressionToken> QuotedName(TextSpan rest)
    {
        var length = 1 + LengthWhile(rest, 1, letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '/' or ' ');
        return length > 1 && length < rest.Length && rest[length] == '`'
            ? Result.Value(ExpressionToken.QuotedIdentifier, rest, rest.Skip(length + 1))
            : Result.Empty<ExpressionToken>(rest, "a quoted name is letters, digits, `_`, `.`, `-`, `/` and spaces between two backticks");
    }

    private static Result<ExpressionToken> Symbol(TextSpan rest)
    {
        var (kind, length) = (rest[0], rest.Length > 1 ? rest[1] : '\0') switch
        {
            ('=', '=') => (ExpressionToken.Equal, 2),
            ('!', '=') => (ExpressionToken.NotEqual, 2),
            ('<', '=') => (ExpressionToken.LessOrEqual, 2),
            ('>', '=') => (ExpressionToken.GreaterOrEqual, 2),
            ('&', '&') => (ExpressionToken.And, 2),
            ('|', '|') => (ExpressionToken.Or, 2),
            ('<', _) => (ExpressionToken.Less, 1),
            ('>', _) => (ExpressionToken.Greater, 1),
            ('!', _) => (ExpressionToken.Not, 1),
            ('(', _) => (ExpressionToken.LeftParenthesis, 1),
            (')', _) => (ExpressionToken.RightParenthesis, 1),
            ('[', _) => (ExpressionToken.LeftBracket, 1),
            (']', _) => (ExpressionToken.RightBracket, 1),
            ('{', _) => (ExpressionToken.LeftBrace, 1),
            ('}', _) => (ExpressionToken.RightBrace, 1),
            ('.', _) => (ExpressionToken.Dot, 1),
            (',', _) => (ExpressionToken.Comma, 1),
            (':', _) => (ExpressionToken.Colon, 1),
            ('?', _) => (ExpressionToken.Question, 1),
            ('+', _) => (ExpressionToken.Plus, 1),
            ('-', _) => (ExpressionToken.Minus, 1),
            ('*', _) => (ExpressionToken.Times, 1),
            ('/', _) => (ExpressionToken.Divide, 1),
            ('%', _) => (ExpressionToken.Remainder, 1),
            _ => (ExpressionToken.None, 0),
        };
        return length > 0 ? Result.Value(kind, rest, rest.Skip(length)) : Result.Empty<ExpressionToken>(rest, Unexpected(rest[0]));
    }

    private static string Unexpected(char letter) => letter switch
    {
        '=' => "unexpected `=`, did you mean `==`?",
        '&' => "unexpected `&`, did you mean `&&`?",
        '|' => "unexpected `|`, did you mean `||`?",
        < ' ' or (>= '\ud800' and <= '\udfff') => $"unexpected character U+{(int)letter:X4}",
        _ => $"unexpected `{letter}`",
    };

    private static bool IsNameLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    private static bool StartsWith(TextSpan rest, string text) => rest.Length >= text.Length && rest.First(text.Length).EqualsValue(text);

    private static int LengthWhile(TextSpan rest, int from, Func<char, bool> accepts)
    {
        var length = from;
        while (length < rest.Length && accepts(rest[length]))
            length++;

        return length - from;
    }
}
