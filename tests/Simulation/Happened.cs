namespace Stepwell.Simulation.Tests;

/// <summary>How often what a simulation is about did happen.</summary>
internal sealed class Happened
{
    public int Crashes { get; set; }

    /// <summary>Commits that met a newer row.</summary>
    public int Conflicts { get; set; }

    /// <summary>Processes that stood still for longer than a claim lasts, and went on as if nothing had been.</summary>
    public int Pauses { get; set; }

    /// <summary>Discoveries that failed though neither the call nor a step in it did: there was nothing to do.</summary>
    public int EmptyDiscoveries { get; set; }

    /// <summary>Steps that were remembered while their call went on.</summary>
    public int Checkpoints { get; set; }

    /// <summary>Checkpoints of calls in whose place there was another by then.</summary>
    public int Superseded { get; set; }

    /// <summary>Checkpoints whose answer nobody waited for.</summary>
    public int Unawaited { get; set; }

    /// <summary>When something last went wrong: after it there is some time to find that out.</summary>
    public DateTimeOffset LastFault
    {
        get;
        set => field = value > field ? value : field;
    }

    /// <summary>What no process may ever meet: a broken rule, or an error that is none of the storage's.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What happened, line by line, when a seed is played again to be looked at; otherwise null.</summary>
    public List<string>? Trace { get; init; }

    /// <summary>Adds the counts of another simulation.</summary>
    public void Add(Happened other)
    {
        Crashes += other.Crashes;
        Conflicts += other.Conflicts;
        Pauses += other.Pauses;
        EmptyDiscoveries += other.EmptyDiscoveries;
        Checkpoints += other.Checkpoints;
        Superseded += other.Superseded;
        Unawaited += other.Unawaited;
    }
}
