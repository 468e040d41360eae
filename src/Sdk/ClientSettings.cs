using Stepwell.Protocol.Signing;

namespace Stepwell.Sdk;

/// <summary>The options and the environment, resolved.</summary>
internal sealed record ClientSettings(bool IsDev, Uri BaseUrl, string? EventKey, SigningKeys? SigningKeys, Uri? ServeOrigin, string? ServePath, string? Environment, bool Checkpointing)
{
    private const string NoEventKey = "NO_EVENT_KEY_SET";
    private static readonly Uri s_devBaseUrl = new("http://localhost:8288");

    /// <exception cref="ArgumentException">A setting has no meaning; the message names it.</exception>
    public static ClientSettings Resolve(StepwellOptions options, Func<string, string?> variable)
    {
        var dev = variable("INNGEST_DEV");
        var devUrl = Uri.TryCreate(dev, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
        var isDev = options.IsDev ?? (devUrl is not null || dev is "1" or "true");
        return new ClientSettings(
            isDev,
            Web(options.BaseUrl, "StepwellOptions.BaseUrl") ?? devUrl ?? Url(variable, "INNGEST_BASE_URL") ?? s_devBaseUrl,
            Text(options.EventKey, variable("INNGEST_EVENT_KEY")) ?? (isDev ? NoEventKey : null),
            Keys(Text(options.SigningKey, variable("INNGEST_SIGNING_KEY")), Text(options.SigningKeyFallback, variable("INNGEST_SIGNING_KEY_FALLBACK"))),
            Web(options.ServeOrigin, "StepwellOptions.ServeOrigin") ?? Url(variable, "INNGEST_SERVE_ORIGIN"),
            Text(options.ServePath, variable("INNGEST_SERVE_PATH")),
            Text(options.Environment, variable("INNGEST_ENV")),
            options.Checkpointing);
    }

    /// <summary>Whether an event key was given, rather than the word that stands for none in development.</summary>
    public bool HasEventKey => EventKey is not (null or NoEventKey);

    /// <exception cref="InvalidOperationException">In production a key is missing.</exception>
    public void RequireForServing()
    {
        if (!IsDev && SigningKeys is null)
            throw new InvalidOperationException("The signing key is missing, so nobody could tell the executor's calls from others: set INNGEST_SIGNING_KEY or StepwellOptions.SigningKey. For local work set INNGEST_DEV=1.");
    }

    /// <exception cref="InvalidOperationException">In production the key is missing.</exception>
    public string RequireEventKey() => EventKey
        ?? throw new InvalidOperationException("The event key is missing: set INNGEST_EVENT_KEY or StepwellOptions.EventKey. For local work set INNGEST_DEV=1.");

    private static string? Text(string? option, string? variable) => !string.IsNullOrWhiteSpace(option) ? option : string.IsNullOrWhiteSpace(variable) ? null : variable;

    private static Uri? Url(Func<string, string?> variable, string name)
    {
        if (variable(name) is not { Length: > 0 } text)
            return null;

        return Web(Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var url) ? url : null, name) ?? throw NoUrl(name, text);
    }

    private static Uri? Web(Uri? url, string name) =>
        url is null or { IsAbsoluteUri: true, Scheme: "http" or "https" } ? url : throw NoUrl(name, url.OriginalString);

    private static ArgumentException NoUrl(string name, string text) => new($"{name} is '{text}'; it must be an absolute http or https URL.");

    private static SigningKeys? Keys(string? primary, string? fallback) => primary is null
        ? null
        : new SigningKeys(Key("signing key", primary), fallback is null ? null : Key("fallback signing key", fallback));

    private static SigningKey Key(string what, string text)
    {
        try
        {
            return SigningKey.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"The {what} cannot be used. {exception.Message}", exception);
        }
    }
}
