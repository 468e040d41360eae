namespace Stepwell.Sdk;

/// <summary>A signal that a run waited for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Data">What was sent with it.</param>
public sealed record Signal<T>(string Name, T Data);
