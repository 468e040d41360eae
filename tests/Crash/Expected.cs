using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>How the runs of an event end when nothing goes wrong, told from the event alone.</summary>
/// <param name="Function">The function's id.</param>
/// <param name="Value">What it returns; null when it fails.</param>
internal sealed record Expected(string Function, int? Value)
{
    public string Status => Value is null ? "Failed" : "Completed";

    public static IReadOnlyList<Expected> Of(CrashEvent sent)
    {
        var numbers = sent.Order.Numbers;
        var sum = numbers.Sum();
        return sent.Shape switch
        {
            Shapes.Sequence => [new(Shapes.Sequence, sum * 2), new(Shapes.Echo, numbers.Count)],
            Shapes.Loop => [new(Shapes.Loop, sum + numbers.Count)],
            Shapes.Parallel => [new(Shapes.Parallel, numbers.Sum(number => number * number))],
            Shapes.Branches => [new(Shapes.Branches, (sum + (3 * numbers.Count)) * 2)],
            Shapes.Race => [new(Shapes.Race, numbers[0] + 1)],
            Shapes.Waiting => [new(Shapes.Waiting, sum + 1)],
            Shapes.Silence => [new(Shapes.Silence, -sum)],
            Shapes.Parent => [new(Shapes.Parent, sum * 3)],
            Shapes.Retried => [new(Shapes.Retried, sum)],
            Shapes.Caught => [new(Shapes.Caught, sum + 7)],
            Shapes.Failing => [new(Shapes.Failing, null)],
            Shapes.Exhausted => [new(Shapes.Exhausted, null)],
            Shapes.Limited => [new(Shapes.Limited, sum + (5 * numbers.Count))],
            Shapes.Heavy => [new(Shapes.Heavy, numbers[0] + numbers.Count)],
            _ => throw new ArgumentException($"Nobody knows how '{sent.Shape}' ends.", nameof(sent)),
        };
    }

    /// <summary>How many runs the runs of an event invoke.</summary>
    public static int ChildrenOf(CrashEvent sent) => sent.Shape == Shapes.Parent ? sent.Order.Numbers.Count : 0;
}
