using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cronos;
using Stepwell.Executor.FlowControl;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>
/// When a function is started by the clock: five fields as in unix cron, or <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>, with
/// <c>TZ=Europe/Paris </c> in front for another time than UTC. When clocks are put forward, a time that does not exist is the first that does after it; when they are put
/// back, a time that exists twice is the first of the two, and only schedules that run at intervals run in both.
/// </summary>
public sealed class CronSchedule
{
    private const int MaxLength = 255;
    private static readonly string[] s_prefixes = ["TZ=", "CRON_TZ="];
    private static readonly TimeSpan s_leastJitter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestJitter = TimeSpan.FromMinutes(5);

    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(string text, CronExpression expression, TimeZoneInfo zone, TimeSpan? jitter)
    {
        Text = text;
        _expression = expression;
        _zone = zone;
        Jitter = jitter;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>By how much at most a start is put off by chance; null: not at all.</summary>
    public TimeSpan? Jitter { get; }

    /// <summary>The schedules among a function's triggers.</summary>
    /// <exception cref="SettingProblemException">One of them is none, or stands there twice.</exception>
    public static ImmutableArray<CronSchedule> ReadAll(FunctionConfig function)
    {
        var crons = (function.Triggers ?? []).Where(trigger => !string.IsNullOrEmpty(trigger.Cron)).Select(Read).ToImmutableArray();
        return crons.GroupBy(cron => cron.Text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } repeated
            ? throw new SettingProblemException($"triggers has the schedule '{repeated.Key}' twice")
            : crons;
    }

    /// <exception cref="SettingProblemException">It is no schedule.</exception>
    public static CronSchedule Read(TriggerConfig trigger)
    {
        var text = trigger.Cron!;
        if (text.Length > MaxLength)
            throw new SettingProblemException($"cron has {text.Length} characters; the most is {MaxLength}");

        var (zone, fields) = (TimeZoneInfo.Utc, text.Trim());
        if (Array.Find(s_prefixes, prefix => fields.StartsWith(prefix, StringComparison.Ordinal)) is { } found)
        {
            var parts = fields[found.Length..].Split(' ', 2, StringSplitOptions.TrimEntries);
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(parts[0], out zone!))
                throw new SettingProblemException($"cron is '{text}': there is no time zone '{parts[0]}'; write one of the IANA database, such as Europe/Paris");

            fields = parts is [_, var rest] ? rest : "";
        }

        if (!CronExpression.TryParse(fields, CronFormat.Standard, out var expression))
            throw new SettingProblemException($"cron is '{text}': '{fields}' is no schedule; write minute, hour, day of month, month and day of week, such as '0 9 * * 1-5'");

        return new CronSchedule(text, expression, zone, JitterOf(trigger.Jitter));
    }

    /// <summary>The first time after the given one; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _expression.GetNextOccurrence(after, _zone)?.ToUniversalTime();

    /// <summary>The last time after <paramref name="after"/> and not after <paramref name="until"/>; null when there is none.</summary>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset until)
    {
        // From the end backwards in ever longer steps: a schedule of every minute is found in the last one, and one of a day in the last days.
        for (var span = TimeSpan.FromMinutes(2); ; span *= 4)
        {
            var from = until - after > span ? until - span : after;
            DateTimeOffset? latest = null;
            for (var next = Next(from); next is { } at && at <= until; next = Next(at))
                latest = at;

            if (latest is not null || from == after)
                return latest;
        }
    }

    /// <summary>When a tick is fired: with its jitter, the same wherever it is fired.</summary>
    public DateTimeOffset FireAt(FunctionId function, DateTimeOffset tick) => Jitter is { } jitter
        ? tick + jitter * (BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{function}|{Text}|{tick.UtcTicks}"))) / (double)uint.MaxValue)
        : tick;

    private static TimeSpan? JitterOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return TimeString.TryParseDuration(text, out var jitter) && jitter >= s_leastJitter && jitter <= s_longestJitter
            ? jitter
            : throw new SettingProblemException($"jitter is '{text}'; it must be {TimeString.Format(s_leastJitter)} to {TimeString.Format(s_longestJitter)}");
    }
}
