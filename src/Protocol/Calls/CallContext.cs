using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Calls;

/// <summary>The <c>ctx</c> of a call. The members stand in canonical order.</summary>
public sealed record CallContext
{
    /// <summary>The number of this attempt, from 0.</summary>
    [JsonPropertyName("attempt")]
    public int Attempt { get; init; }

    /// <summary>Whether a step found alone is reported as planned instead of being run in this call.</summary>
    [JsonPropertyName("disable_immediate_execution")]
    public bool DisableImmediateExecution { get; init; }

    [JsonPropertyName("env")]
    public string Environment { get; init; } = "";

    /// <summary>Present where the app may checkpoint.</summary>
    [JsonPropertyName("fn_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionId { get; init; }

    /// <summary>Counts the dispatches of this job, from 1.</summary>
    [JsonPropertyName("generation_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? GenerationId { get; init; }

    /// <summary>What is called for, the same in each of its attempts; functions see it as <c>jobId</c>.</summary>
    [JsonPropertyName("job_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? JobId { get; init; }

    /// <summary>How many attempts there are in all: retries + 1.</summary>
    [JsonPropertyName("max_attempts")]
    public int MaxAttempts { get; init; }

    [JsonPropertyName("qi_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QueueItemId { get; init; }

    [JsonPropertyName("request_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    [JsonPropertyName("run_id")]
    public string RunId { get; init; } = "";

    [JsonPropertyName("stack")]
    public CallStack? Stack { get; init; }

    [JsonPropertyName("step_id")]
    public string? StepId { get; init; }

    /// <summary>Whether events and steps are left out and fetched by the app.</summary>
    [JsonPropertyName("use_api")]
    public bool UseApi { get; init; }
}
