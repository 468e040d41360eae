namespace Stepwell.Crash.App;

/// <summary>What a step gives that gives much.</summary>
/// <param name="Value">The same in each execution.</param>
/// <param name="Content">Another in each execution, and long.</param>
public sealed record Parcel(int Value, string Content);
