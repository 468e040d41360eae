using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>Events of all shapes, in an order and with data that a seed decides.</summary>
internal static class Workload
{
    private const int MostNumbers = 6;
    private const int Groups = 12;

    private static readonly string[] s_shapes =
    [
        Shapes.Sequence, Shapes.Loop, Shapes.Parallel, Shapes.Branches, Shapes.Race, Shapes.Waiting, Shapes.Silence, Shapes.Parent,
        Shapes.Retried, Shapes.Caught, Shapes.Failing, Shapes.Exhausted, Shapes.Limited, Shapes.Heavy,
    ];

    public static IEnumerable<CrashEvent> Make(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            // The seed is in the key, so that no two tests on one executor meet.
            var numbers = Enumerable.Range(0, random.Next(2, MostNumbers + 1)).Select(_ => random.Next(1, 100)).ToList();
            yield return new CrashEvent(s_shapes[i % s_shapes.Length], new Order($"{seed}-{i}", numbers, $"group-{random.Next(Groups)}"));
        }
    }
}
