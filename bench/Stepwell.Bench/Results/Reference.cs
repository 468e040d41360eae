namespace Stepwell.Bench.Results;

/// <summary>Medians of other engines on the same work, in milliseconds, on a machine with two cores. They were measured once; docs/performance.md tells how.</summary>
internal sealed record Reference(string Name, IReadOnlyDictionary<string, double> Medians)
{
    public static IReadOnlyList<Reference> All { get; } =
    [
        new("DurableTask.AzureStorage 2.9 on Azurite", new Dictionary<string, double> { ["S1"] = 267, ["S2"] = 2_319, ["S3"] = 726, ["S4"] = 15_900 }),
        new("Inngest dev server, TypeScript", new Dictionary<string, double> { ["S1"] = 289, ["S2"] = 3_407, ["S3"] = 1_580, ["S4"] = 11_400, ["S5"] = 34, ["S6a"] = 78 }),
        new("Inngest dev server, TypeScript, checkpointing", new Dictionary<string, double> { ["S1"] = 302, ["S2"] = 755, ["S3"] = 1_916, ["S4"] = 6_400, ["S5"] = 20, ["S6a"] = 248 }),
    ];
}
