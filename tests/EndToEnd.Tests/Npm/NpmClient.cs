using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>One of the shipped SDKs as the Node app is told to use it.</summary>
/// <param name="Id">The app's id, and the first part of the names of its events.</param>
/// <param name="Sdk">3 or 4, its major version.</param>
/// <param name="Checkpointing">Whether steps are reported while a call is under way.</param>
public sealed record NpmClient(string Id, int Sdk, bool Checkpointing)
{
    public static NpmClient V3 { get; } = new("v3", 3, false);

    public static NpmClient V3Checkpoints { get; } = new("v3-checkpoints", 3, true);

    public static NpmClient V4 { get; } = new("v4", 4, false);

    public static NpmClient V4Checkpoints { get; } = new("v4-checkpoints", 4, true);

    public static ImmutableArray<NpmClient> All { get; } = [V3, V3Checkpoints, V4, V4Checkpoints];

    /// <summary>Whether it answers with a body that begins before the answer is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Streaming { get; init; }

    /// <summary>Whether it checks signatures; otherwise it is in development mode.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cloud { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SigningKeyFallback { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventKey { get; init; }

    public static NpmClient Of(string id) => All.Single(client => client.Id == id);
}
