using System.Text.Json.Serialization;

namespace Stepwell.Bench.Results;

/// <summary>One row of the table.</summary>
/// <param name="Scenario">The scenario's id.</param>
/// <param name="App">The app's id.</param>
/// <param name="Title">What was done.</param>
/// <param name="Unit">Of the numbers.</param>
/// <param name="Values">The numbers.</param>
/// <param name="Rate">The throughput, where that is what is asked for.</param>
/// <param name="Calibration">How long a transaction of two rows took on this storage just before, in milliseconds.</param>
/// <param name="Cost">What it took.</param>
internal sealed record ScenarioResult(string Scenario, string App, string Title, string Unit, Distribution Values, Rate? Rate, double Calibration, Cost Cost)
{
    /// <summary>The median as a slower machine would give it too: times in transactions of two rows, counts as they are.</summary>
    [JsonIgnore]
    public double Normalised => Unit == Scenarios.Scenario.Milliseconds ? Values.Median / Calibration : Values.Median;
}
