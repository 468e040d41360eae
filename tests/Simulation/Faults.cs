namespace Stepwell.Simulation.Tests;

/// <summary>How often what goes wrong, from 0 to 1, at every operation of a process on storage and at every call over HTTP.</summary>
/// <param name="FailBefore">The operation fails and has no effect.</param>
/// <param name="FailAfter">The operation takes effect, and its answer is lost.</param>
/// <param name="Crash">The process dies at that point and does nothing any more.</param>
/// <param name="Pause">The process stands still for longer than its claims last, and goes on as if nothing had been.</param>
/// <param name="Slow">The operation takes up to some seconds.</param>
/// <param name="Duplicate">A message is in the queue twice.</param>
/// <param name="Undeleted">A message that was deleted comes again all the same.</param>
/// <param name="Lost">A message that was sent is in no queue.</param>
/// <param name="CallBroken">A call does not reach the app.</param>
/// <param name="AnswerLost">A call has its effect in the app, and its answer is lost.</param>
/// <param name="GivenUp">A call is given up by whoever made it, and goes on in the app.</param>
/// <param name="SlowCall">A call takes up to some minutes.</param>
/// <param name="SentTwice">An event that was accepted is sent again, as by a sender to whom the answer was lost.</param>
/// <param name="Cancel">A run is cancelled, at any time.</param>
/// <param name="Skew">By how much the clocks of two processes differ at most.</param>
/// <param name="Sweeps">Whether the sweep is on.</param>
internal sealed record Faults(
    double FailBefore = 0, double FailAfter = 0, double Crash = 0, double Pause = 0, double Slow = 0, double Duplicate = 0, double Undeleted = 0, double Lost = 0,
    double CallBroken = 0, double AnswerLost = 0, double GivenUp = 0, double SlowCall = 0, double SentTwice = 0, double Cancel = 0, TimeSpan Skew = default, bool Sweeps = true)
{
    /// <summary>Everything breaks.</summary>
    public static Faults All { get; } = new(
        FailBefore: 0.01, FailAfter: 0.01, Crash: 0.004, Pause: 0.004, Slow: 0.01, Duplicate: 0.05, Undeleted: 0.02, CallBroken: 0.02, AnswerLost: 0.02, GivenUp: 0.2,
        SlowCall: 0.02, SentTwice: 0.1, Cancel: 0.1, Skew: TimeSpan.FromSeconds(2));

    /// <summary>
    /// Everything breaks, and no sweep mends it: the messages alone must do. Nobody stands still meanwhile: who outlives the lease of his message may commit when it
    /// is deleted already, and what he then fails to send only the sweep can find. Nobody cancels either: a child whose parent ends before it was set going is the sweep's.
    /// </summary>
    public static Faults Unswept { get; } = All with { Sweeps = false, Pause = 0, Cancel = 0 };

    /// <summary>The queue loses messages, as one that is emptied does: the sweep alone brings them back.</summary>
    public static Faults Losing { get; } = All with { Lost = 0.2 };

    /// <summary>Nobody dies or stands still, and no answer is lost: no body of a step runs twice.</summary>
    public static Faults Harmless { get; } = new(Duplicate: 0.2, Undeleted: 0.05, CallBroken: 0.05, SlowCall: 0.05, Slow: 0.02, SentTwice: 0.1, Cancel: 0.05);

    /// <summary>Calls are slow and messages come twice, but no call fails by itself: no discovery does either.</summary>
    public static Faults Delays { get; } = new(Duplicate: 0.2, SlowCall: 0.1, SentTwice: 0.1);

    /// <summary>All of them by name, as a failing seed names its own.</summary>
    public static IReadOnlyDictionary<string, Faults> ByName { get; } = new Dictionary<string, Faults>(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(All)] = All,
        [nameof(Unswept)] = Unswept,
        [nameof(Losing)] = Losing,
        [nameof(Harmless)] = Harmless,
        [nameof(Delays)] = Delays,
    };

    /// <summary>Whether a call may go on in an app that no executor waits for any more, or a body run again though it has run.</summary>
    public bool LosesCalls => Crash > 0 || Pause > 0 || FailBefore > 0 || FailAfter > 0 || AnswerLost > 0 || GivenUp > 0;
}
