using System.Text.Json;

namespace Stepwell.Sdk;

/// <summary>An event to send, where a type with <see cref="EventAttribute"/> is not enough.</summary>
/// <param name="Name">1 to 512 characters; names that begin with <c>inngest/</c> are reserved.</param>
/// <param name="Data">A JSON object.</param>
public sealed record Event(string Name, JsonElement Data)
{
    /// <summary>An id of yours: a second event with the same id starts no second run of a function for 24 hours.</summary>
    public string? Id { get; init; }

    /// <summary>When it happened; the executor's time when it is null. Between 1980 and 2100.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The version of the data's shape, free text.</summary>
    public string? Version { get; init; }
}
