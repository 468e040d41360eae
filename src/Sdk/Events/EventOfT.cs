namespace Stepwell.Sdk;

/// <summary>An event that started a run.</summary>
/// <param name="Id">The sender's id, or the executor's.</param>
/// <param name="Name">Its name.</param>
/// <param name="Data">What it says.</param>
/// <param name="Timestamp">When it happened.</param>
public sealed record Event<TData>(string Id, string Name, TData Data, DateTimeOffset Timestamp);
