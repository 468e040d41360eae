using System.Globalization;
using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>Makes the functions of an app at random: some that events start, and some that those invoke.</summary>
internal sealed class FunctionMaker(Random random, Faults faults)
{
    public IEnumerable<SimulatedFunction> Make()
    {
        var leaves = Enumerable.Range(0, random.Next(1, 3)).Select(i => Child($"sim-leaf{Number(i)}", [])).ToList();
        var middle = Child("sim-middle", [.. leaves.Select(leaf => leaf.Id)]);
        List<SimulatedFunction> children = [.. leaves, middle];
        var tops = Enumerable.Range(0, random.Next(1, 3)).Select(i => Top($"sim-top{Number(i)}", [.. children.Select(child => child.Id)], i));
        return [.. children, .. tops];
    }

    private SimulatedFunction Child(string id, IReadOnlyList<FunctionId> children) => WithSlots(new SimulatedFunction(FunctionId.Parse(id), new Workload(random).Function(children, depth: 1), AnyManner()));

    private SimulatedFunction Top(string id, IReadOnlyList<FunctionId> children, int number)
    {
        // Two functions may be started by one event.
        var trigger = $"sim/start{Number(random.Next(number + 1))}";
        // Where every process dies again and again, a hundred calls that share two slots would take days.
        if (random.Next(100) == 0)
            return new SimulatedFunction(FunctionId.Parse(id), new Workload(random).Wide(), AnyManner()) { Trigger = trigger };

        var function = WithSlots(new SimulatedFunction(FunctionId.Parse(id), new Workload(random).Function(children, depth: 3), AnyManner()) { Trigger = trigger });
        return random.Next(8) switch
        {
            0 => function with { IsBatched = true },
            1 => function with { IsThrottled = true },
            2 or 3 when faults.Cancel > 0 => function with { CanBeStopped = true },
            _ => function,
        };
    }

    private SimulatedFunction WithSlots(SimulatedFunction function) =>
        random.Next(3) == 0 ? function with { Slots = random.Next(1, 3), AreSlotsKeyed = random.Next(3) == 0 } : function;

    private Manner AnyManner() => (Manner)random.Next(5);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
