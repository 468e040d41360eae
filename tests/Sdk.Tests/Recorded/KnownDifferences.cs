using System.Collections.Immutable;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>All known differences, one for a reason.</summary>
internal static class KnownDifferences
{
    private const string Error = @"^body(\[0\])?(\.error)?(\.cause)*";

    public static ImmutableArray<KnownDifference> All { get; } =
    [
        Of("It speaks version 2 of the protocol whatever version the run began with; to an executor the difference is only when it asks for discovery.",
            @"^x-inngest-req-version: 1 → 2$", message => message.Contains("v3", StringComparison.Ordinal)),
        Of("Options that say nothing are left out.", @"^body\[\d\]\.opts: \{\} → null$"),
        Of("Its parallel steps are marked as race, so that Task.WhenAny and chains go on as a .NET developer expects.", @"^body\[\d\]\.opts\.parallelMode: null → ""race""$"),
        Of("An error has the name of its .NET type.", Error + @"\.name: ""(Error|TypeError|NonRetriableError|RetryAfterError)"" → ""[\w.]+Exception""$"),
        Of("An error also tells its base types, so that a handler can ask what it is, and the step and attempt it comes from.", Error + @"\.(types|step|attempt): null → "),
        Of("A step's kind is not told beside its name; executors show the display name.", @"^body\[0\]\.(name: ""(sendEvent|sendSignal)"" → ""(emit|ss)""|opts: \{""type"":""step\.(sendEvent|sendSignal)"".*\} → null)$"),
        Of("A step has no display name beside its id, and no input that would be recorded: in C# it closes over what it needs.",
            @"^body\[0\]\.(displayName: ""Second Step"" → ""second-step""|opts: \{""input"":.* → null)$"),
        Of("A failed step's error is not repeated as its data.", @"^body\[0\]\.data: \{""name"":.*\} → null$"),
        Of("A function's pause before its next attempt is told in seconds, not as a time: clocks may differ.", @"^retry-after: 2026-11-24T[\d:.]+Z → 2$"),
        Of("It knows its last attempt, as version 4 of the shipped SDK does; version 3 leaves it to the executor.",
            @"^(x-inngest-no-retry: false → true|status: 500 → 400)$", message => message.StartsWith("devserver-v3/", StringComparison.Ordinal)),
        Of("An unsigned request to register is answered with what kind of sync it was and the version, which are no secrets.",
            @"^x-inngest-(req-version: none → 2|sync-kind: none → out_of_band)$", message => message == "selfhosted-signed-v4.json#1"),
        Of("It is another SDK, in another app, at another executor.",
            @"^body\.(inspection\.)?(function_count|functions|framework|sdk|sdk_author|sdk_language|sdk_version|api_origin|event_api_origin|event_key_hash|appVersion|serve_origin|serve_path): "),
        Of("Whether it streams, connects, or was told its mode is not told: it does neither, and the mode is always told.",
            @"^body\.((inspection\.)?extra\.(is_streaming: false|is_mode_explicit: true) → null|extra\.native_crypto: null → true|(inspection\.)?capabilities\.connect: ""v1"" → null|featureObservations: .* → null)$"),
    ];

    private static KnownDifference Of(string reason, string pattern, Func<string, bool>? where = null) =>
        new(reason, pattern, where ?? (_ => true));
}
