using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>The functions of the language, and what is said about those that it lacks.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, (int Arguments, BuiltIn Function)> s_functions = new Dictionary<string, (int, BuiltIn)>
    {
        ["size"] = (1, TextFunctions.Size),
        ["matches"] = (2, BoundedPattern.Matches),
        ["int"] = (1, NumberConversions.Int),
        ["uint"] = (1, NumberConversions.Uint),
        ["double"] = (1, NumberConversions.Double),
        ["string"] = (1, TextConversions.Text),
        ["bool"] = (1, TextConversions.Bool),
        ["dyn"] = (1, (value, _, _) => value),
        ["timestamp"] = (1, TimeFunctions.Timestamp),
        ["duration"] = (1, TimeFunctions.Duration),
        ["date"] = (1, TimeFunctions.Date),
        ["now_plus"] = (1, TimeFunctions.NowPlus),
        ["now_minus"] = (1, TimeFunctions.NowMinus),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (int Arguments, BuiltIn Function)> s_methods = new Dictionary<string, (int, BuiltIn)>
    {
        ["size"] = (0, TextFunctions.Size),
        ["contains"] = (1, TextFunctions.Contains),
        ["startsWith"] = (1, TextFunctions.StartsWith),
        ["endsWith"] = (1, TextFunctions.EndsWith),
        ["matches"] = (1, BoundedPattern.Matches),
        ["lowerAscii"] = (0, TextFunctions.LowerAscii),
        ["upperAscii"] = (0, TextFunctions.UpperAscii),
    }.ToFrozenDictionary();

    // Each takes an expression of its own for every item: a loop, which nothing here has.
    private static readonly FrozenSet<string> s_macros = FrozenSet.Create("all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "transformMapEntry");

    /// <summary>Functions whose result changes from one evaluation to the next.</summary>
    private static readonly FrozenSet<string> s_ofTheMoment = FrozenSet.Create("now_plus", "now_minus");

    public static BuiltIn Function(string name) => s_functions[name].Function;

    public static BuiltIn Method(string name) => s_methods[name].Function;

    public static bool IsOfTheMoment(string function) => s_ofTheMoment.Contains(function);

    /// <summary>Why a call cannot be made; null when it can.</summary>
    public static ExpressionProblem? WhyNot(string name, ImmutableArray<Node> arguments, bool method, int column)
    {
        if (method && s_macros.Contains(name))
            return new(column, $"the macro '{name}' is not supported", "expressions do not loop: use in, size() or an index");

        if (!(method ? s_methods : s_functions).TryGetValue(name, out var known))
            return Unknown(name, method, column);

        if (known.Arguments != arguments.Length)
            return new(column, $"'{name}' takes {known.Arguments} argument{(known.Arguments == 1 ? "" : "s")} in its brackets, not {arguments.Length}");

        return name == "matches" && arguments[^1] is Node.Literal { Value: MatchValue.Text pattern } literal && BoundedPattern.WhyNot(pattern.Value) is { } reason
            ? new(literal.Position + 1, reason)
            : null;
    }

    private static ExpressionProblem Unknown(string name, bool method, int column)
    {
        var other = method ? s_functions : s_methods;
        if (other.ContainsKey(name))
            return new(column, $"'{name}' {(method ? "does not come" : "comes")} after a dot", method ? $"write {name}(…)" : $"write event.data.x.{name}(…)");

        var names = (method ? s_methods.Keys : s_functions.Keys.Add("has")).Order(StringComparer.Ordinal);
        return new(column, $"unknown function '{name}'", $"known{(method ? " after a dot" : "")}: {string.Join(", ", names)}");
    }
}
