using System.Collections.Immutable;

namespace Stepwell.Executor.Runs;

/// <summary>On what terms a run is created.</summary>
public sealed record StartTerms
{
    /// <summary>At once, and without end.</summary>
    public static StartTerms AtOnce { get; } = new();

    /// <summary>When its first call is made; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Why it never starts; null when it does.</summary>
    public string? SkipReason { get; init; }

    /// <summary>From its creation to its first call at most; null: without end.</summary>
    public TimeSpan? StartWithin { get; init; }

    /// <summary>From its first call to its end at most; null: without end.</summary>
    public TimeSpan? FinishWithin { get; init; }

    /// <summary>The events that cancel it.</summary>
    public ImmutableArray<CancelWait> CancelOn { get; init; } = [];
}
