using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Stepwell.Executor.Matching;

/// <summary>Compiled expressions by their text. When it is full it starts afresh: what is in use comes back at once.</summary>
internal sealed class ExpressionCache
{
    private readonly ConcurrentDictionary<(string Text, string Variables), MatchExpression> _expressions = new();
    private long _length;

    public bool TryGet(string text, string variables, [NotNullWhen(true)] out MatchExpression? expression) =>
        _expressions.TryGetValue((text, variables), out expression);

    public void Add(string text, string variables, MatchExpression expression)
    {
        if (_expressions.Count >= ExpressionLimits.CachedExpressions || Interlocked.Add(ref _length, text.Length) > ExpressionLimits.CachedText)
        {
            _expressions.Clear();
            Interlocked.Exchange(ref _length, text.Length);
        }

        _expressions[(text, variables)] = expression;
    }
}
