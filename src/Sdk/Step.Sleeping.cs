using Stepwell.Protocol;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <content>Sleeps.</content>
public sealed partial class Step
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>Sleeps without holding anything: no thread, no process.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="duration">0 to 366 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is out of range.</exception>
    public Task SleepAsync(string id, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration > s_longest)
            throw TooLong(nameof(duration), duration, id);

        return _pass.Find(id, Sleep(TimeString.Format(duration)));
    }

    /// <summary>Sleeps until a time; one that is past does not sleep.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="until">At most 366 days from now.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is further away.</exception>
    public Task SleepUntilAsync(string id, DateTimeOffset until) => until - _pass.Time.GetUtcNow() <= s_longest
        ? _pass.Find(id, Sleep(TimeString.Format(until)))
        : throw TooLong(nameof(until), until, id);

    private static StepKind<Nothing> Sleep(string until) => new()
    {
        Op = (key, userland, opts) => new SleepOp { Id = key, Name = until, DisplayName = userland.Id, Userland = userland, Opts = opts, Until = until },
        Read = (_, _) => default,
    };

    private static ArgumentOutOfRangeException TooLong(string parameter, object value, string id) =>
        new(parameter, value, $"Step '{id}' would sleep for more than {s_longest.Days} days; sleep several times instead.");
}
