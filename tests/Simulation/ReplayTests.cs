using System.Globalization;
using Xunit.Abstractions;

namespace Stepwell.Simulation.Tests;

/// <summary>Plays the seed again that the environment names: <c>./test --replay FAULTS SEED</c>. Without one, the first.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    /// <summary>The environment variable that names faults and seed, with a colon between them.</summary>
    public const string Variable = "STEPWELL_REPLAY";

    [Fact]
    public void Replays()
    {
        var named = (Environment.GetEnvironmentVariable(Variable) ?? "All:1").Split(':');
        var report = Seeds.Report(named[0], int.Parse(named[1], CultureInfo.InvariantCulture), int.MaxValue);
        output.WriteLine(report);
        Assert.Contains("ends well", report, StringComparison.Ordinal);
    }
}
