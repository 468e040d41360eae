using System.Text.Json.Serialization;

namespace Stepwell.Crash.App;

/// <summary>What a line of the ledger says of a step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerMark>))]
public enum LedgerMark
{
    /// <summary>Its body begins.</summary>
    Starts,

    /// <summary>Its body is about to return a result.</summary>
    Gives,

    /// <summary>The function has been given its result.</summary>
    Sees,
}
