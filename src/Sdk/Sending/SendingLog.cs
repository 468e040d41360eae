using Microsoft.Extensions.Logging;

namespace Stepwell.Sdk.Sending;

internal static partial class SendingLog
{
    [LoggerMessage(1, LogLevel.Warning, "The executor at {Url} takes no checkpoints ({Problem}). For a minute each call ends with the step that it runs. Is this where the executor is? INNGEST_BASE_URL or StepwellOptions.BaseUrl says so.")]
    public static partial void NoCheckpoint(this ILogger logger, Uri url, string problem);
}
