using System.Collections.Immutable;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Api;

/// <summary>Who may use the API.</summary>
public sealed record ApiOptions
{
    /// <summary>Development mode: no keys are asked for. Only for a server that listens on loopback.</summary>
    public bool IsDev { get; init; }

    /// <summary>Those who know one of these may send events.</summary>
    public ImmutableArray<string> EventKeys { get; init; } = [];

    /// <summary>Those who know one of these may register apps, and read and cancel runs.</summary>
    public SigningKeys? SigningKeys { get; init; }

    /// <summary>Largest request body in bytes. It holds 5,000 events of usual size; larger events are sent in several requests.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;
}
