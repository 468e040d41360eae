using System.Collections.Immutable;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Hosting;

/// <summary>The settings of an executor, checked.</summary>
public sealed record ExecutorSettings
{
    /// <summary>The address to listen on.</summary>
    public required string Host { get; init; }

    /// <summary>The port to listen on, 0 to 65535; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Development mode: no keys are asked for, and only loopback is listened on.</summary>
    public required bool IsDev { get; init; }

    public required ImmutableArray<string> EventKeys { get; init; }

    public required SigningKeys? SigningKeys { get; init; }

    public required StorageSettings Storage { get; init; }

    /// <summary>Serve endpoints of apps that are asked to register.</summary>
    public required ImmutableArray<Uri> Apps { get; init; }

    /// <summary>Replaces the backoff table.</summary>
    public required TimeSpan? RetryInterval { get; init; }

    /// <summary>How long after its end a run can still be read; null: for ever.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary>Messages worked on at a time, 1 to 1,000.</summary>
    public required int Concurrency { get; init; }
}
