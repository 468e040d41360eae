namespace Stepwell.Crash.App;

/// <summary>A step's result as the function got it.</summary>
public sealed record Seen(string Step, string Nonce);
