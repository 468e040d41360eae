namespace Stepwell.Sdk;

/// <summary>How an app reaches its executor, and how it is reached. What is not set is taken from the environment variable that is named.</summary>
public sealed record StepwellOptions
{
    /// <summary>Development mode: signatures are not checked. <c>INNGEST_DEV</c>: 1, 0, or the executor's base URL; production when neither is set.</summary>
    public bool? IsDev { get; init; }

    /// <summary>The executor's base URL: <c>INNGEST_BASE_URL</c>; in development mode <c>http://localhost:8288</c>.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The key for sending events: <c>INNGEST_EVENT_KEY</c>. Needed in production.</summary>
    public string? EventKey { get; init; }

    /// <summary>The key that calls are signed with: <c>INNGEST_SIGNING_KEY</c>, <c>signkey-&lt;env&gt;-&lt;hex&gt;</c>. Needed in production.</summary>
    public string? SigningKey { get; init; }

    /// <summary>The key that is being rotated out: <c>INNGEST_SIGNING_KEY_FALLBACK</c>.</summary>
    public string? SigningKeyFallback { get; init; }

    /// <summary>Scheme and host by which the executor reaches the app: <c>INNGEST_SERVE_ORIGIN</c>; needed behind a proxy that changes the host.</summary>
    public Uri? ServeOrigin { get; init; }

    /// <summary>The path of the serve endpoint: <c>INNGEST_SERVE_PATH</c>; otherwise that of the request.</summary>
    public string? ServePath { get; init; }

    /// <summary>The name of the environment, for people: <c>INNGEST_ENV</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>
    /// Whether a call goes on after a step that it has run, for up to ten seconds, and makes each step durable at the executor before the function sees its result: one
    /// call for many steps. Without it each call ends with the step that it runs. Only where the executor offers it.
    /// </summary>
    public bool Checkpointing { get; init; } = true;
}
