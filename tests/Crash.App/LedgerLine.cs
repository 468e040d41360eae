namespace Stepwell.Crash.App;

/// <summary>One line of the ledger.</summary>
/// <param name="Mark">What it says.</param>
/// <param name="Function">The function's id.</param>
/// <param name="Key">The key of the run's order.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Step">The step's id; in a loop with its number.</param>
/// <param name="Nonce">The result; empty where there is none yet.</param>
/// <param name="Call">The id of the call, which tells when the executor made it.</param>
/// <param name="At">When the line was written.</param>
public sealed record LedgerLine(LedgerMark Mark, string Function, string Key, string Run, string Step, string Nonce, string Call, DateTimeOffset At);
