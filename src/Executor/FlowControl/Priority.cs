using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>By how much a run comes before, or after, others that wait for the same.</summary>
/// <param name="Run">Seconds, positive for sooner.</param>
public sealed record Priority(MatchExpression Run)
{
    private const long MaxSeconds = 600;

    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Priority? Read(RawJson? setting) =>
        SettingReading.Object("priority", setting) is { } reading && reading.Expression("run") is { } run ? new Priority(run) : null;

    /// <summary>How much sooner: -10 to 10 minutes. What is no whole number counts for nothing.</summary>
    public TimeSpan FactorOf(MatchInput input)
    {
        var seconds = Run.Evaluate(input) switch
        {
            MatchValue.IntNumber whole => whole.Value,
            MatchValue.DoubleNumber number when double.IsInteger(number.Value) => (long)Math.Clamp(number.Value, -MaxSeconds, MaxSeconds),
            _ => 0,
        };
        return TimeSpan.FromSeconds(Math.Clamp(seconds, -MaxSeconds, MaxSeconds));
    }
}
