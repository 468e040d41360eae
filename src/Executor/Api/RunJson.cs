using System.Text.Json;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Api;

/// <summary>Runs as the API shows them.</summary>
internal static class RunJson
{
    // The protocol numbers a function's versions; here the registered one always counts.
    private const int FunctionVersion = 1;

    public static void Write(Utf8JsonWriter writer, Run run, DateTimeOffset now, bool withSteps)
    {
        writer.WriteStartObject();
        writer.WriteString("run_id", run.Id.Value);
        writer.WriteTime("run_started_at", run.StartedAt ?? run.CreatedAt);
        writer.WriteTime("ended_at", run.EndedAt);
        writer.WriteString("status", run.StatusAt(now).ToString());
        writer.WriteRaw("output", Output(run));
        writer.WriteString("function_id", run.Function.Value);
        writer.WriteNumber("function_version", FunctionVersion);
        writer.WriteString("function", run.Function.Value);
        writer.WriteString("event_id", run.EventId);
        if (run.Outcome is RunOutcome.Failed failed)
            writer.WriteRaw("error", failed.Error);

        if (run.Outcome is RunOutcome.Cancelled cancelled)
            writer.WriteString("cancelled_because", cancelled.Reason);

        if (run.Outcome is RunOutcome.Skipped skipped)
            writer.WriteString("skipped_because", skipped.Reason);

        if (withSteps)
            WriteSteps(writer, run);

        writer.WriteEndObject();
    }

    /// <summary>The result, or the error object of a run that failed; null while it runs.</summary>
    private static RawJson Output(Run run) => run.Outcome switch
    {
        RunOutcome.Completed completed => completed.Output,
        RunOutcome.Failed failed => failed.Error,
        _ => RawJson.Null,
    };

    private static void WriteSteps(Utf8JsonWriter writer, Run run)
    {
        writer.WriteStartArray("steps");
        foreach (var step in run.Steps.Values.OrderBy(step => step.Index))
            WriteStep(writer, step);

        if (run.Discovery is { Retrying: { } retried } discovery)
        {
            writer.WriteStartObject();
            writer.WriteString("id", retried.Key.Value);
            writer.WriteString("name", retried.Name);
            writer.WriteString("op", Protocol.Ops.OpCode.StepError);
            writer.WriteString("status", "Retrying");
            writer.WriteTime("due_at", discovery.Due);
            WriteAttempts(writer, retried.Attempts);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter writer, Step step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Key.Value);
        writer.WriteString("name", step.Name);
        writer.WriteString("op", step.Op);
        writer.WriteString("status", Status(step));
        writer.WriteTime("found_at", step.CreatedAt);
        switch (step.State)
        {
            case StepState.Planned planned:
                writer.WriteTime("due_at", planned.Due);
                break;
            case StepState.Sleeping sleeping:
                writer.WriteTime("due_at", sleeping.Until);
                break;
            case StepState.Waiting waiting:
                writer.WriteTime("due_at", waiting.Until);
                break;
            case StepState.Done done:
                writer.WriteTime("ended_at", done.At);
                writer.WriteRaw(done.Memo is Memo.Error ? "error" : "output", done.Memo.Content);
                break;
            default:
                break;
        }

        WriteAttempts(writer, step.Attempts);
        writer.WriteEndObject();
    }

    private static string Status(Step step) => step.State switch
    {
        StepState.Planned { Attempt: > 0 } => "Retrying",
        StepState.Planned => "Planned",
        StepState.Sleeping => "Sleeping",
        StepState.Waiting => "Waiting",
        StepState.Done { Memo: Memo.Error } => "Failed",
        StepState.Done => "Completed",
        _ => "Abandoned",
    };

    private static void WriteAttempts(Utf8JsonWriter writer, IEnumerable<AttemptRecord> attempts)
    {
        writer.WriteStartArray("attempts");
        foreach (var attempt in attempts)
        {
            writer.WriteStartObject();
            writer.WriteNumber("attempt", attempt.Attempt);
            writer.WriteTime("started_at", attempt.StartedAt);
            writer.WriteTime("ended_at", attempt.EndedAt);
            if (attempt.Error is { } error)
                writer.WriteRaw("error", error);

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
