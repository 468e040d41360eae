using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stepwell.Simulation.Tests;

/// <summary>Plays many seeds. One that fails is named with the command that plays it again, and with the end of its trace.</summary>
internal static class Seeds
{
    /// <summary>The environment variable that has all tests go on for so many minutes together, past the seeds that they play otherwise.</summary>
    public const string SoakVariable = "STEPWELL_SOAK_MINUTES";

    private const int TracedLines = 120;

    /// <summary>Plays seeds with the faults of that name. Returns what happened in all of them.</summary>
    /// <param name="name">Of the faults.</param>
    /// <param name="count">How many; in a soak at least.</param>
    /// <param name="share">The part of a soak's time that it takes.</param>
    public static Happened Check(string name, int count, double share)
    {
        var faults = Faults.ByName[name];
        var all = new Happened();
        var failed = int.MaxValue;
        var played = 0;
        var until = Stopwatch.GetTimestamp() + (long)(Soak * share * Stopwatch.Frequency * 60);
        Parallel.ForEach(Numbers(count, until), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            try
            {
                var happened = Play(seed, faults).Happened;
                lock (all)
                {
                    all.Add(happened);
                    played++;
                }
            }
            catch (SimulationFailedException)
            {
                lock (all)
                    failed = Math.Min(failed, seed);

                loop.Stop();
            }
        });
        if (failed < int.MaxValue)
            Assert.Fail(Report(name, failed));

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {played} seeds, {all.Crashes} crashes, {all.Pauses} pauses, {all.Conflicts} conflicts, {all.Checkpoints} checkpoints"));
        return all;
    }

    /// <summary>Plays one seed and checks how it ends.</summary>
    /// <exception cref="SimulationFailedException">Something does not hold that must.</exception>
    public static World Play(int seed, Faults faults, bool traced = false)
    {
        using var world = new World(seed, faults, traced);
        world.Play();
        Endings.Check(world, faults);
        return world;
    }

    /// <summary>Plays a seed again, and tells what happened in it.</summary>
    public static string Report(string name, int seed, int lines = TracedLines)
    {
        using var world = new World(seed, Faults.ByName[name], traced: true);
        var text = new StringBuilder();
        try
        {
            world.Play();
            Endings.Check(world, Faults.ByName[name]);
            text.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed} with the faults '{name}' ends well.");
        }
        catch (SimulationFailedException failure)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed} with the faults '{name}' fails: {failure.Message}. Play it again: ./test --replay {name} {seed}");
            if (failure.InnerException is { } cause)
                text.AppendLine(cause.ToString());
        }

        foreach (var function in world.Functions.Values)
            text.AppendLine(CultureInfo.InvariantCulture, $"{function.Id} {function.Manner} on {function.Trigger}, slots {function.Slots}: {function.Body}");

        foreach (var line in world.Happened.Trace!.TakeLast(lines))
            text.AppendLine(line);

        return text.ToString();
    }

    private static double Soak => double.TryParse(Environment.GetEnvironmentVariable(SoakVariable), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;

    private static IEnumerable<int> Numbers(int count, long until)
    {
        for (var seed = 1; seed <= count || Stopwatch.GetTimestamp() < until; seed++)
            yield return seed;
    }
}
