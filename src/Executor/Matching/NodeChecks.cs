using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>What a tree must hold to be compiled: known variables, known functions with as many arguments as they take, nothing refused.</summary>
internal static class NodeChecks
{
    /// <summary>The first problem in the order of the text, or none.</summary>
    public static ExpressionProblem? Find(Node node, ImmutableArray<string> variables)
    {
        var column = node.Position + 1;
        var own = node switch
        {
            Node.Refused refused => new ExpressionProblem(column, refused.Reason, refused.Advice),
            Node.Variable variable when !variables.Contains(variable.Name) => new(column, $"unknown variable '{variable.Name}'", $"known: {string.Join(", ", variables)}"),
            Node.FunctionCall call => FunctionTable.WhyNot(call.Name, call.Arguments, method: false, column),
            Node.MethodCall call => FunctionTable.WhyNot(call.Name, call.Arguments, method: true, column),
            _ => null,
        };
        return node.Children.Select(child => Find(child, variables)).Append(own).OfType<ExpressionProblem>().MinBy(problem => problem.Column);
    }
}
