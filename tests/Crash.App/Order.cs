namespace Stepwell.Crash.App;

/// <summary>The data of an event: what a function makes of it follows from it alone.</summary>
/// <param name="Key">Names the event.</param>
/// <param name="Numbers">What it counts with, at least one.</param>
/// <param name="Group">Whose limit it falls under.</param>
public sealed record Order(string Key, IReadOnlyList<int> Numbers, string Group);
