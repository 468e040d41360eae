namespace Stepwell.Crash.App;

/// <summary>What a function returns.</summary>
/// <param name="Value">Follows from its order alone.</param>
/// <param name="Seen">The results of its steps.</param>
public sealed record Outcome(int Value, IReadOnlyList<Seen> Seen);
