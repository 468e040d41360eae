using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Operations;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Api;

/// <summary>
/// Cancels the live runs of a function: <c>{"app_id":"…","function_id":"…","started_after":"…","started_before":"…","if":"event.data.…"}</c>, of which the last three may
/// be missing. Unlike the reference server it has done so when it answers, and keeps no record to ask for.
/// </summary>
public sealed class CancelRunsEndpoint(CancelRuns cancel, TimeProvider time) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/v1/cancellations";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var document = RequestBody.Parse(call.Request);
        var body = document.RootElement;
        if (body.ValueKind != JsonValueKind.Object)
            throw new RefusedException("The body must be an object with app_id and function_id.");

        var app = Required(body, "app_id");
        var function = Required(body, "function_id");
        if (!FunctionId.TryParse(function.StartsWith($"{app}-", StringComparison.Ordinal) ? function : $"{app}-{function}", out var id))
            throw new RefusedException("app_id and function_id are together longer than 255 characters.");

        var after = Time(body, "started_after");
        var before = Time(body, "started_before") ?? now;
        if (before > now)
            throw new RefusedException($"started_before is {before:O}; it must not be in the future: the runs of that time do not exist yet.");

        if (after >= before)
            throw new RefusedException($"started_after is {after:O} and started_before {before:O}; it must be earlier.");

        var condition = Optional(body, "if") is { } text ? Condition(text) : null;
        var cancelled = await cancel.RunAsync(id, after, before, condition, cancellationToken);
        return ApiJson.Data(now, (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteString("app_id", app);
            writer.WriteString("function_id", id.Value);
            writer.WriteTime("started_after", after);
            writer.WriteTime("started_before", before);
            writer.WriteString("if", condition?.Text);
            writer.WriteNumber("cancelled", cancelled);
            writer.WriteEndObject();
        }) with
        { Status = 201 };
    }

    private static MatchExpression Condition(string text)
    {
        try
        {
            return SettingReading.ParseExpression("if", text);
        }
        catch (SettingProblemException problem)
        {
            throw new RefusedException($"{problem.Message}.");
        }
    }

    private static DateTimeOffset? Time(JsonElement body, string name)
    {
        if (Optional(body, name) is not { } text)
            return null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read)
            ? read
            : throw new RefusedException($"{name} is '{text}'; it must be a time such as 2026-11-01T00:00:00Z.");
    }

    private static string Required(JsonElement body, string name) => Optional(body, name) ?? throw new RefusedException($"{name} is missing.");

    private static string? Optional(JsonElement body, string name) => LenientText.Member(body, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text when LenientText.Of(text) is { Length: > 0 } value => value,
        { } other => throw new RefusedException($"{name} is {other.GetRawText()}; it must be a text that is not empty."),
    };
}
