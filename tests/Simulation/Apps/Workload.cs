using System.Globalization;
using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>Makes functions at random.</summary>
internal sealed class Workload(Random random)
{
    /// <summary>So long nobody waits who gets nothing.</summary>
    public static readonly TimeSpan Ages = TimeSpan.FromDays(60);

    private int _next;

    /// <summary>More steps side by side than a message calls at a time, than one message names, and than a transaction holds.</summary>
    public Node Wide() => new Node.Sequence(
    [
        new Node.All([.. Enumerable.Range(0, random.Next(101, 140)).Select(_ => (Node)Step(failing: 20))]),
        Step(failing: 1_000),
    ]);

    /// <param name="children">The functions that it may invoke.</param>
    /// <param name="depth">How deep it may nest.</param>
    public Node Function(IReadOnlyList<FunctionId> children, int depth) => new Node.Sequence([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(children, depth))]);

    private Node Part(IReadOnlyList<FunctionId> children, int left) => random.Next(left > 0 ? 14 : 8) switch
    {
        <= 2 => Step(),
        3 => Sleep(),
        4 => Wait(random.Next(3) > 0),
        5 => children.Count > 0 ? new Node.Invoke(Id("i"), children[random.Next(children.Count)]) : Step(),
        6 => Loop(),
        7 => Meeting(),
        8 or 9 => new Node.All([.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => Part(children, left - 1))]),
        10 => new Node.Sequence([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(children, left - 1))]),
        11 => new Node.Try(Part(children, left - 1)),
        // Only one of a race that fails for good could be the first to settle or not, and the outcome with it.
        _ => new Node.Any([Sleep(), .. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Step(failing: 4, forGood: false)), .. random.Next(3) == 0 ? [Wait(comes: true)] : Array.Empty<Node.Step>()]),
    };

    private Node.Work Step(int failing = 4, bool forGood = true) => new(Id("w"), random.Next(failing) == 0 ? random.Next(1, 3) : 0, forGood && random.Next(12) == 0);

    private Node.Sleep Sleep() => new(Id("s"), Length());

    private Node.WaitForEvent Wait(bool comes) => new(Id("e"), comes, comes ? Ages : Length());

    /// <summary>The same step again and again: an SDK numbers the later ones.</summary>
    private Node.Sequence Loop()
    {
        var id = Id("l");
        return new Node.Sequence([.. Enumerable.Range(0, random.Next(2, 5)).Select(i => new Node.Work(i == 0 ? id : $"{id}:{i.ToString(CultureInfo.InvariantCulture)}", random.Next(6) == 0 ? 1 : 0, FailsForGood: false))]);
    }

    /// <summary>A wait, and beside it the step that sends what it waits for.</summary>
    private Node.All Meeting()
    {
        var wait = Wait(comes: false) with { Timeout = Ages };
        return new Node.All([wait, new Node.Work(Id("p"), 0, FailsForGood: false) { Sends = wait.Id }]);
    }

    private string Id(string kind) => $"{kind}{(_next++).ToString(CultureInfo.InvariantCulture)}";

    private TimeSpan Length() => random.Next(4) switch
    {
        0 => TimeSpan.FromMilliseconds(random.Next(1, 900)),
        1 => TimeSpan.FromSeconds(random.Next(1, 90)),
        2 => TimeSpan.FromHours(random.Next(1, 50)),
        _ => TimeSpan.FromDays(random.Next(1, 20)),
    };
}
