using Superpower.Display;

namespace Stepwell.Executor.Matching;

internal enum ExpressionToken
{
    None,

    [Token(Description = "name")]
    Identifier,

    [Token(Description = "quoted name")]
    QuotedIdentifier,

    [Token(Description = "number")]
    Number,

    [Token(Description = "string")]
    Text,

    [Token(Example = "true")]
    True,

    [Token(Example = "false")]
    False,

    [Token(Example = "null")]
    Null,

    [Token(Example = "in")]
    In,

    [Token(Example = "(")]
    LeftParenthesis,

    [Token(Example = ")")]
    RightParenthesis,

    [Token(Example = "[")]
    LeftBracket,

    [Token(Example = "]")]
    RightBracket,

    [Token(Example = "{")]
    LeftBrace,

    [Token(Example = "}")]
    RightBrace,

    [Token(Example = ".")]
    Dot,

    [Token(Example = ",")]
    Comma,

    [Token(Example = ":")]
    Colon,

    [Token(Example = "?")]
    Question,

    [Token(Example = "==")]
    Equal,

    [Token(Example = "!=")]
    NotEqual,

    [Token(Example = "<")]
    Less,

    [Token(Example = "<=")]
    LessOrEqual,

    [Token(Example = ">")]
    Greater,

    [Token(Example = ">=")]
    GreaterOrEqual,

    [Token(Example = "&&")]
    And,

    [Token(Example = "||")]
    Or,

    [Token(Example = "!")]
    Not,

    [Token(Example = "+")]
    Plus,

    [Token(Example = "-")]
    Minus,

    [Token(Example = "*")]
    Times,

    [Token(Example = "/")]
    Divide,

    [Token(Example = "%")]
    Remainder,
}
