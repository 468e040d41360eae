using System.Globalization;
using System.Text.Json;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>One finished attempt of a step, as it is shown.</summary>
public sealed record ShownAttempt(int Position, string Step, int Number, TimeSpan Took, bool Succeeded, string Result)
{
    private const int ResultWidth = 60;

    public static ShownAttempt From(int position, Answers.Step step, Answers.Attempt attempt)
    {
        var succeeded = attempt.Error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        var result = succeeded ? Text(step.Output) : Text(attempt.Error);
        return new ShownAttempt(
            position, step.Name ?? step.Id, attempt.Number + 1, (attempt.EndedAt - attempt.StartedAt) ?? TimeSpan.Zero, succeeded, result);
    }

    public string TookText => Took < TimeSpan.FromSeconds(1)
        ? $"{Took.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms"
        : $"{Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";

    /// <summary>A result or an error in one line.</summary>
    public static string Text(JsonElement value) => Short(Whole(value));

    /// <summary>A result or an error, however long: what made a run fail is to be read to its end.</summary>
    public static string Whole(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => "done",
        { ValueKind: JsonValueKind.Array } => $"{value.GetArrayLength()} entries",
        { ValueKind: JsonValueKind.Object } when value.TryGetProperty("message", out var message) => message.ToString(),
        _ => value.ToString(),
    };

    private static string Short(string text) => text.Length <= ResultWidth ? text : text[..(ResultWidth - 1)] + "…";
}
