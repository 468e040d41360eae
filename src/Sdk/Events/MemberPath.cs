using System.Linq.Expressions;
using System.Text.Json;

namespace Stepwell.Sdk.Events;

/// <summary>The way to a field in JSON, from a chain of properties. The expression is read; nothing of it is run or compiled.</summary>
internal static class MemberPath
{
    /// <exception cref="ArgumentException">The expression is no chain of properties.</exception>
    public static string Of(Expression body, ParameterExpression root, StepJson json)
    {
        var names = new Stack<string>();
        var expression = body;
        while (true)
        {
            // A value type that is compared as another is converted on the way.
            while (expression is UnaryExpression { NodeType: ExpressionType.Convert } converted)
                expression = converted.Operand;

            if (expression == root && names.Count > 0)
                return string.Concat(names.Select(Step));

            if (expression is not MemberExpression { Expression: { } target } member)
                throw new ArgumentException($"'{body}' is no way to a field: write a chain of properties of the event's data, such as p => p.Order.Id.");

            names.Push(json.NameOf(member.Member));
            expression = target;
        }
    }

    private static string Step(string name) => IsIdentifier(name) ? $".{name}" : $"[\"{JsonEncodedText.Encode(name)}\"]";

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && name is not ("true" or "false" or "null" or "in");
}
