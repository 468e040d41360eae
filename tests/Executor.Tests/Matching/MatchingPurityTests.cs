using System.Reflection;
using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

/// <summary>Matching decides over values: it waits for nothing, asks no clock and reaches nothing outside.</summary>
public class MatchingPurityTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_types = [.. typeof(MatchExpression).Assembly.GetTypes().Where(type => type.Namespace == typeof(MatchExpression).Namespace)];

    [Fact]
    public void Nothing_is_asynchronous_or_told_the_time_by_a_clock()
    {
        var mentioned = s_types.SelectMany(type => type.GetMethods(Everything).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Concat(type.GetFields(Everything).Select(field => field.FieldType)));

        Assert.DoesNotContain(mentioned, type => typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || type == typeof(TimeProvider) || type == typeof(CancellationToken));
    }

    [Fact]
    public void Nothing_holds_an_interface_behind_which_something_else_could_be()
    {
        var fields = s_types.Where(type => !type.Name.StartsWith('<')).SelectMany(type => type.GetFields(Everything)).Where(field => !field.Name.StartsWith('<'));

        Assert.DoesNotContain(fields, field => field.FieldType.IsInterface);
    }

    [Fact]
    public void What_is_said_to_others_is_small() => Assert.Equal(
        ["ExpressionProblem", "MatchEquality", "MatchExpression", "MatchInput", "MatchValue", "MatchVariables"],
        s_types.Where(type => type.IsPublic).Select(type => type.Name).Order());
}
