namespace Stepwell.Crash.App;

/// <summary>What a step gives.</summary>
/// <param name="Value">The same in each execution.</param>
/// <param name="Nonce">Another in each execution.</param>
public sealed record Gift(int Value, string Nonce);
