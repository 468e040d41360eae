using Microsoft.Extensions.Logging;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <summary>The run that a function is called for.</summary>
public sealed class RunContext<TEvent>
{
    private readonly Pass _pass;

    internal RunContext(IReadOnlyList<Event<TEvent>> events, Pass pass)
    {
        Events = events;
        _pass = pass;
    }

    /// <summary>The event that started the run: the first, if there are several.</summary>
    public Event<TEvent> Event => Events[0];

    /// <summary>The events that started the run, at least one.</summary>
    public IReadOnlyList<Event<TEvent>> Events { get; }

    /// <summary>The run's id, a ULID. With a step's id it is a key for idempotent work: <c>$"{run.RunId}/charge"</c>.</summary>
    public string RunId => _pass.Call.RunId;

    /// <summary>The number of this attempt, from 0: of the step that is run in this call, or of the function between steps.</summary>
    public int Attempt => _pass.Call.Attempt;

    /// <summary>How many attempts there are in all.</summary>
    public int MaxAttempts => _pass.Call.MaxAttempts;

    /// <summary>A logger that is silent while the function only replays what it did in earlier calls.</summary>
    public ILogger Logger => _pass.Logger;

    /// <summary>Fires when the call is broken off.</summary>
    public CancellationToken CancellationToken => _pass.CancellationToken;
}
