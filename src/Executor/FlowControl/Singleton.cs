using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.FlowControl;

/// <summary>At most one run at a time.</summary>
/// <param name="Mode">What happens to another.</param>
/// <param name="Key">Each of its values has a run for itself; null: one for all.</param>
public sealed record Singleton(SingletonMode Mode, MatchExpression? Key)
{
    /// <exception cref="SettingProblemException">It has no meaning.</exception>
    public static Singleton? Read(RawJson? setting)
    {
        if (SettingReading.Object("singleton", setting) is not { } reading)
            return null;

        var mode = reading.OptionalText("mode") switch
        {
            "skip" => SingletonMode.Skip,
            "cancel" => SingletonMode.Cancel,
            null => throw new SettingProblemException($"{reading.Place}.mode is missing; it must be 'skip' or 'cancel'"),
            var other => throw new SettingProblemException($"{reading.Place}.mode is '{other}'; it must be 'skip' or 'cancel'"),
        };
        return new Singleton(mode, reading.Expression("key"));
    }

    /// <summary>The key's value for an event; null when the function is no singleton for it: its key is false or empty.</summary>
    public string? KeyOf(MatchInput input)
    {
        if (Key is null)
            return "";

        return Key.Evaluate(input) is MatchValue.Bool { Value: false } ? null : Key.KeyText(input) is { Length: > 0 } text ? text : null;
    }
}
