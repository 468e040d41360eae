namespace Stepwell.Simulation.Tests;

/// <summary>How an SDK reports: version 1, version 2, version 2 with every parallel op marked as race, or version 2 with checkpoints.</summary>
internal enum Manner
{
    Version1,
    Version2,
    Race,
    Checkpoints,
}
