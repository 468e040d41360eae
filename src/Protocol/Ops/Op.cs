using System.Text.Json.Serialization;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Ops;

/// <summary>
/// One thing that an SDK reports in a 206 answer. The set is closed: a code that is not known is read as <see cref="UnknownOp"/>.
/// </summary>
[JsonConverter(typeof(OpConverter))]
public abstract record Op
{
    private protected Op() { }

    /// <summary>Which step it is about.</summary>
    public required StepKey Id { get; init; }

    /// <summary>The step's name; for <c>Sleep</c> the duration, for <c>WaitForEvent</c> the event name, as SDKs send it.</summary>
    public string? Name { get; init; }

    /// <summary>The name to show to people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The id as the user wrote it, and its repetition.</summary>
    public UserlandId? Userland { get; init; }

    /// <summary>When the step ran, where the SDK says so.</summary>
    public OpTiming? Timing { get; init; }

    /// <summary><c>opts</c> as sent, or JSON null.</summary>
    public RawJson Opts { get; init; }

    /// <summary>Whether its settlement asks for discovery at once, though siblings are pending (<c>opts.parallelMode: "race"</c>).</summary>
    public bool Race { get; init; }

    /// <summary>The name on the wire.</summary>
    public abstract string Code { get; }

    /// <summary>What to call the step in front of people.</summary>
    public string Title => First(DisplayName, Userland?.Id, Name, Id.Value);

    private static string First(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name))
                return name;
        }

        return "";
    }
}
