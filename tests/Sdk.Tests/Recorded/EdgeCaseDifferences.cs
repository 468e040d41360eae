using System.Collections.Immutable;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>In what the answers to the unusual messages differ, one for a reason.</summary>
internal static class EdgeCaseDifferences
{
    public static ImmutableArray<KnownDifference> All { get; } =
    [
        Of("It speaks version 2 of the protocol whatever version the run began with.", @"^x-inngest-req-version: 1 → 2$", message => message.StartsWith("misc-edge-cases-v3", StringComparison.Ordinal)),
        Of("It refuses version 0, which has no memo to speak of, as version 4 of the shipped SDK does.",
            @"^(status: 206 → 500|x-inngest-req-version: 0 → 2|body: .* → .*It is of version 0 of the protocol)", Is("misc-edge-cases-v3.json: version 0")),
        Of("Options that say nothing are left out.", @"^body\[\d\]\.opts: \{\} → null$"),
        Of("Its parallel steps are marked as race.", @"^body\[\d\]\.opts\.parallelMode: null → ""race""$"),
        Of("It says in its own words why it refuses a message.", @"^body\.(message: ""[^""]+"" → ""[^""]|name: ""Error"" → (""StepwellError""|null)|type: ""internal"" → null|error: ""Could not find step .*"" → ""Could not find step )"),
        Of("An error that a step failed with keeps its name, as in version 4 of the shipped SDK.", @"^body\.name: ""Error"" → ""E""$", Is("misc-edge-cases-v3.json: step error memo")),
        Of("It writes types of .NET as System.Text.Json does: bytes as base64, and times with their offset.",
            @"^body\[0\]\.data\.(buf: .*→ ""aGk=""|d: .* → ""1970-01-01T00:00:00\\u002B00:00"")$"),
        Of("A step closes over what it needs, so it has no input that an executor could replace.",
            @"^body\[0\]\.(data\.got\.edited: true → false|opts: \{""input"":.* → null)$", message => message.EndsWith(": input override", StringComparison.Ordinal)),
        Of("What the SDK keeps of a step for itself is not told.",
            @"^body\[0\]\.(fulfilled|handled|hasStepState|hashedId|memoizationDeferred|middleware|mode|promise|rawArgs|transformedResultPromise): .* → null$",
            message => message.EndsWith(": fn_id but no qi_id", StringComparison.Ordinal)),
        Of("It never streams, so it cannot be told to where that is impossible.", @"^(status: 500 → 206|x-inngest-req-version: none → 2|body: .*Streaming has been forced.* → \[)",
            Is("misc-edge-cases-v4.json: targeted step y slow (streaming)")),
    ];

    private static KnownDifference Of(string reason, string pattern, Func<string, bool>? where = null) =>
        new(reason, pattern, where ?? (_ => true));

    private static Func<string, bool> Is(string name) => message => message == name;
}
