using System.Collections.Immutable;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Matching;

/// <summary>What an expression is evaluated over.</summary>
/// <param name="Values">The variables' values, in the order in which the expression was given their names; one that is not here is null.</param>
/// <param name="Now">What now_plus() and now_minus() count from.</param>
public sealed record MatchInput(ImmutableArray<JsonElement> Values, DateTimeOffset Now)
{
    /// <summary>For <see cref="MatchVariables.Event"/>. The JSON is an event object: name, data, id, ts.</summary>
    public static MatchInput OfEvent(RawJson json, DateTimeOffset now) => new([Read(json)], now);

    /// <summary>For <see cref="MatchVariables.EventAndAsync"/>.</summary>
    public static MatchInput OfWait(RawJson runEvent, RawJson candidate, DateTimeOffset now) => new([Read(runEvent), Read(candidate)], now);

    /// <summary>Parses an event once for many expressions; the element needs no disposal.</summary>
    public static JsonElement Read(RawJson json) => JsonElement.Parse(json.Utf8.Span, ProtocolJson.DocumentOptions);
}
