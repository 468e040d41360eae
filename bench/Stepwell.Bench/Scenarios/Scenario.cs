namespace Stepwell.Bench.Scenarios;

/// <summary>One thing that is measured.</summary>
/// <param name="id">Its name in the issue and the docs; variants add a letter.</param>
/// <param name="title">What is done.</param>
/// <param name="unit">What the numbers are: <see cref="Milliseconds"/>, or something else, which is then not set in relation to the speed of the storage.</param>
/// <param name="repetitions">How often, when nothing else is asked for.</param>
/// <param name="quickRepetitions">How often just to see that it works.</param>
internal abstract class Scenario(string id, string title, string unit, int repetitions, int quickRepetitions)
{
    public const string Milliseconds = "ms";

    public string Id => id;

    public string Title => title;

    public string Unit => unit;

    public int Repetitions => repetitions;

    public int QuickRepetitions => quickRepetitions;

    /// <summary>Measures in a world in which nothing has happened yet.</summary>
    public abstract Task<Measurement> MeasureAsync(World world, int repetitions, BenchOptions options, CancellationToken cancellationToken);
}
