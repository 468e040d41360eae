using System.Text.Json.Serialization;

namespace Stepwell.Sdk;

/// <summary>The event of a function that is started by the clock.</summary>
/// <param name="Cron">The schedule.</param>
public sealed record CronTick([property: JsonPropertyName("cron")] string Cron);
