using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>The errors that the executor itself gives to runs and steps, as error objects.</summary>
public static class RunFailures
{
    public static Failure NothingToDo { get; } = Of(
        "StepwellNoProgress",
        "The app found no new step and the function did not return, though nothing is pending: it would wait for ever. A function may await only its steps and what it does itself.");

    public static Failure TooManySteps { get; } = Of(
        "StepwellTooManySteps", $"The run has more than {ProtocolLimits.MaxSteps} steps, the most a run may have. Split it into several functions, or do more in each step.");

    public static Failure StateTooLarge(string step, long bytes) => Of(
        "StepwellStateTooLarge", $"With the output of step '{step}' the run's state has {bytes} bytes; the limit is {ProtocolLimits.MaxRunStateBytes}. Store large results elsewhere and return a reference.");

    public static Failure InvokeTimedOut { get; } = Of(
        "InngestInvokeTimeoutError", "Timed out waiting for invoked function to complete");

    public static Failure BadTime(string step, string text) => Of(
        "StepwellBadTime", $"Step '{step}' asks for '{text}', which is neither a duration such as 1d2h30m nor a time in ISO 8601.");

    public static Failure TooFarAway(string step, string text) => Of(
        "StepwellTooFarAway", $"Step '{step}' asks for '{text}'; a sleep or wait may last at most {ProtocolLimits.MaxWait.Days} days.");

    public static Failure BadCondition(string step, string text, ExpressionProblem problem) => Of(
        "StepwellBadCondition", $"Step '{step}' waits for an event for which '{text}' holds: {problem}.");

    public static Failure NoSuchFunction(FunctionId function) => Of(
        "StepwellFunctionNotFound", $"could not find function with ID: {function}. No registered app has it; its app's id, a dash and the id within the app make its name.");

    public static Failure BadPayload(string step, FunctionId function) => Of(
        "StepwellBadPayload", $"Step '{step}' invokes '{function}' with a payload that cannot be an event: its data must be an object that nests no deeper than an event may.");

    public static Failure Poisoned(string message) => Of(
        "StepwellPoisonedMessage",
        $"The queue has given up message '{message}', with which this run was to go on: it was received again and again, and never brought to its end. The log of the executor says what went wrong each time.");

    public static Failure Cancelled(string reason) => Of("StepwellCancelled", $"The run was cancelled: {reason}.");

    public static Failure Skipped(FunctionId function, string reason) => Of("StepwellSkipped", $"The function '{function}' was not started: {reason}.");

    public static Failure SignalTaken(string signal, RunId by) => Of(
        "StepwellSignalConflict", $"Signal conflict; signal wait already exists for another run: '{signal}' is waited for by run {by}. One run at a time may wait for a signal, unless the newcomer replaces it.");

    public static Failure NotReported(Op op) => op is UnknownOp unknown
        ? Of("StepwellUnknownOp", unknown.Problem)
        : Of("StepwellUnexpectedOp", $"The call of step '{op.Title}' was answered with the op '{op.Code}', which settles no step.");

    public static Failure Archived(FunctionId function, string app, DateTimeOffset at) => Of(
        "StepwellFunctionArchived",
        $"The function '{function}' is archived: app '{app}' registered without it at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Runs begun before then cannot go on without its code; register it again to let it start new ones.");

    public static Failure Of(string name, string message) => new() { Name = name, Message = message };
}
