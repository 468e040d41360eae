namespace Stepwell.Executor.Matching;

/// <summary>What keeps parsing and evaluation short, whatever is written and whatever arrives.</summary>
internal static class ExpressionLimits
{
    /// <summary>The longest expression, in UTF-16 code units.</summary>
    public const int TextLength = 16 * 1024;

    public const int Tokens = 4_000;

    /// <summary>Open brackets of any kind at one place. CEL asks for at least 32.</summary>
    public const int Nesting = 40;

    /// <summary>Levels of the parsed tree: a chain of a + b + c is one level a term, of &amp;&amp; or || one for all.</summary>
    public const int Depth = 120;

    /// <summary>Units of work in one evaluation, where comparing two small values or 64 characters is one.</summary>
    public const long Work = 1_000_000;

    /// <summary>The longest text that + may make, in UTF-16 code units.</summary>
    public const int ResultText = 256 * 1024;

    /// <summary>The longest list that + may make.</summary>
    public const int ResultItems = 10_000;

    /// <summary>The longest pattern of matches(), in UTF-16 code units.</summary>
    public const int Pattern = 512;

    /// <summary>The longest text that matches() looks at, in UTF-16 code units.</summary>
    public const int PatternInput = 8 * 1024;

    /// <summary>Cached expressions, and the length of all their texts together.</summary>
    public const int CachedExpressions = 1_000;

    public const int CachedText = 256 * 1024;
}
