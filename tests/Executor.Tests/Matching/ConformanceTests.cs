using System.Text.Json;
using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Tests.Matching;

public class ConformanceTests
{
    public static TheoryData<string> Names => [.. ConformanceCases.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_expression_gives_what_the_specification_says(string name)
    {
        var one = ConformanceCases.Find(name);
        JsonProperty[] variables = one.TryGetProperty("variables", out var bound) ? [.. bound.EnumerateObject()] : [];

        var actual = MatchExpression.TryParse(one.GetProperty("expression").GetString()!, [.. variables.Select(variable => variable.Name)], out var expression, out var problem)
            ? expression.Evaluate(new MatchInput([.. variables.Select(variable => variable.Value)], DateTimeOffset.UnixEpoch))
            : new MatchValue.Error(problem.ToString());

        if (one.TryGetProperty("value", out var expected))
            Assert.True(ExpectedValue.Matches(expected, actual, fromJson: variables.Length > 0), $"{one}: {actual}");
        else
            Assert.True(actual is MatchValue.Error, $"{one}: {actual}");
    }

    [Fact]
    public void Every_case_of_the_specification_is_either_run_or_left_out_for_a_reason()
    {
        Assert.Equal(2_456, ConformanceCases.Total);
        Assert.Equal(ConformanceCases.Total, ConformanceCases.Names.Count() + ConformanceCases.Excluded);
    }
}
