namespace Stepwell.Simulation.Tests;

/// <summary>How an SDK reports: version 1, version 2, version 2 with every parallel op marked as race, version 2 with checkpoints, or with both, as ours does.</summary>
internal enum Manner
{
    Version1,
    Version2,
    Race,
    Checkpoints,
    RaceAndCheckpoints,
}
