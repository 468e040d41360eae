namespace Stepwell.Protocol;

/// <summary>The limits of the wire protocol: those of the reference server, so that an app that works there works here.</summary>
public static class ProtocolLimits
{
    /// <summary>Retries of a step when the function does not say: 4, so 5 attempts.</summary>
    public const int DefaultRetries = 4;

    /// <summary>Most retries a function may ask for.</summary>
    public const int MaxRetries = 20;

    /// <summary>Largest event, in bytes of JSON.</summary>
    public const int MaxEventBytes = 512 * 1024;

    /// <summary>Most events in one request.</summary>
    public const int MaxEventsPerRequest = 5_000;

    /// <summary>Longest event name, in characters.</summary>
    public const int MaxEventNameLength = 512;

    /// <summary>Largest output of one step, in bytes of JSON.</summary>
    public const int MaxStepOutputBytes = 4 * 1024 * 1024;

    /// <summary>Largest state of a run: the sum of its step outputs, in bytes.</summary>
    public const int MaxRunStateBytes = 32 * 1024 * 1024;

    /// <summary>Most steps of one run; also the most ops in one answer.</summary>
    public const int MaxSteps = 1_000;

    /// <summary>Largest call body; a larger state is fetched by the app over the API (<c>use_api</c>).</summary>
    public const int MaxCallBodyBytes = 4 * 1024 * 1024;

    /// <summary>Largest answer of an app, in bytes.</summary>
    public const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Most triggers of one function.</summary>
    public const int MaxTriggers = 10;

    /// <summary>Longest sleep or wait.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(366);

    /// <summary>A retry-after is held between this and <see cref="MaxRetryAfter"/>.</summary>
    public static readonly TimeSpan MinRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A retry-after is held between <see cref="MinRetryAfter"/> and this.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(24);

    /// <summary>How far the clocks of signer and verifier may differ.</summary>
    public static readonly TimeSpan SignatureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>For how long an event id starts no second run of the same function.</summary>
    public static readonly TimeSpan EventIdempotency = TimeSpan.FromHours(24);
}
