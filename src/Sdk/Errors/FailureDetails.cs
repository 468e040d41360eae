using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk;

/// <summary>An error as data: what remains of an exception when it has crossed the wire.</summary>
public sealed record FailureDetails
{
    /// <summary>The full name of the exception's type, or what another language calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its message.</summary>
    public required string Message { get; init; }

    /// <summary>Its stack trace; may be empty.</summary>
    public required string Stack { get; init; }

    /// <summary>What caused it, if anything did; at most five levels deep.</summary>
    public FailureDetails? Inner { get; init; }

    /// <summary>The attempt that threw it, from 0, where it was one of a step.</summary>
    public int? Attempt { get; init; }

    /// <summary>The full names of the exception's type and its base types.</summary>
    internal ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Whether the exception was of this type or one derived from it.</summary>
    public bool Is<TException>()
        where TException : Exception =>
        typeof(TException).FullName is { } name && (Name == name || Types.Contains(name) || typeof(TException) == typeof(Exception));

    internal static FailureDetails Read(RawJson json)
    {
        var failure = Failure.FromJson(json);
        using var document = json.Parse();
        var root = document.RootElement;
        var isObject = root.ValueKind == JsonValueKind.Object;
        return new FailureDetails
        {
            Name = failure.Name,
            Message = failure.Message,
            Stack = failure.Stack,
            Inner = failure.Cause is { } cause ? Read(cause) : null,
            Attempt = isObject && LenientText.Member(root, "attempt") is { ValueKind: JsonValueKind.Number } attempt && attempt.TryGetInt32(out var number) ? number : null,
            Types = isObject && LenientText.Member(root, "types") is { ValueKind: JsonValueKind.Array } types
                ? [.. types.EnumerateArray().Where(type => type.ValueKind == JsonValueKind.String).Select(LenientText.Of)]
                : [],
        };
    }
}
