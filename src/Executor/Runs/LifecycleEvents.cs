using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>The events that tell of a run's end, with the reference server's names and data.</summary>
public static class LifecycleEvents
{
    public const string Finished = "inngest/function.finished";
    public const string Failed = "inngest/function.failed";
    public const string Cancelled = "inngest/function.cancelled";

    private static readonly ImmutableArray<string> s_all = [Finished, Failed, Cancelled];

    /// <summary>The names of the events that tell of this end. A run that was itself started by such an event has none, or there would be no end of them.</summary>
    public static ImmutableArray<string> NamesOf(Run run)
    {
        if (run.IsLive || run.Outcome is RunOutcome.Skipped || IsStartedByOne(run))
            return [];

        return run.Outcome switch
        {
            RunOutcome.Failed => [Finished, Failed],
            RunOutcome.Cancelled => [Finished, Cancelled],
            _ => [Finished],
        };
    }

    /// <summary>The data of these events: which function and run, its events, and its result or error. A canonical JSON object.</summary>
    public static RawJson DataOf(Run run)
    {
        // Composed of canonical parts in canonical order, not parsed again: the run's events may nest as deep as is allowed.
        var text = new StringBuilder("{\"_inngest\":{\"status\":").Append(Quoted(run.Status.ToString())).Append('}');
        if (ErrorOf(run) is { } error)
            text.Append(",\"error\":").Append(Described(error));

        text.Append(",\"event\":").Append(run.Events[0]).Append(",\"events\":[").AppendJoin(',', run.Events).Append(']');
        text.Append(",\"function_id\":").Append(Quoted(run.Function.Value));
        if (ResultOf(run) is { } result)
            text.Append(",\"result\":").Append(result);

        return RawJson.FromString(text.Append(",\"run_id\":").Append(Quoted(run.Id.Value)).Append('}').ToString());
    }

    private static RawJson? ErrorOf(Run run) => run.Outcome switch
    {
        RunOutcome.Failed failed => failed.Error,
        RunOutcome.Cancelled cancelled => RunFailures.Cancelled(cancelled.Reason).ToJson(),
        _ => null,
    };

    private static RawJson? ResultOf(Run run) => run.Outcome switch
    {
        RunOutcome.Completed completed => completed.Output,
        RunOutcome.Failed failed => failed.Error,
        _ => null,
    };

    /// <summary>An error as these events show it: with its name once more as a code, without the mark of the wire.</summary>
    private static RawJson Described(RawJson error)
    {
        var failure = Failure.FromJson(error);
        var text = new StringBuilder("{");
        if (failure.Cause is { } cause)
            text.Append("\"cause\":").Append(cause).Append(',');

        text.Append("\"error\":").Append(Quoted(failure.Name)).Append(",\"message\":").Append(Quoted(failure.Message));
        text.Append(",\"name\":").Append(Quoted(failure.Name)).Append(",\"stack\":").Append(Quoted(failure.Stack)).Append('}');
        return RawJson.FromString(text.ToString());
    }

    private static bool IsStartedByOne(Run run)
    {
        using var document = run.Events[0].Parse();
        return document.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && s_all.Any(one => name.ValueEquals(one));
    }

    private static string Quoted(string text) =>
        CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\"")).ToString();
}
