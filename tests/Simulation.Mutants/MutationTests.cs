using Stepwell.Simulation.Tests;
using Xunit.Abstractions;

namespace Stepwell.Simulation.Mutants;

/// <summary>Each rule of the engine is switched off in turn, and the simulation finds out. A proof that cannot fail is none.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int MostSeeds = 600;

    public static TheoryData<string> Rules
    {
        get
        {
            using var stream = typeof(MutationTests).Assembly.GetManifestResourceStream("mutants.txt")!;
            using var reader = new StreamReader(stream);
            var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] is not ('#' or '-' or '+'));
            return [.. lines.Select(line => line[..line.TrimEnd().LastIndexOf(' ')]).Distinct()];
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_that_is_switched_off_is_found(string rule)
    {
        var found = Enumerable.Range(1, MostSeeds).SelectMany(seed => Faults.ByName.Select(faults => (seed, faults)))
            .Select(one => Play(rule, one.seed, one.faults.Key, one.faults.Value)).FirstOrDefault(what => what is not null);
        output.WriteLine(found ?? "nothing was found");
        Assert.True(found is not null, $"The rule '{rule}' was switched off, and {MostSeeds} seeds of each kind of faults did not find it.");
    }

    [Fact]
    public void With_all_rules_on_nothing_is_found()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            foreach (var (name, faults) in Faults.ByName)
                Assert.Null(Play(null, seed, name, faults));
        }
    }

    /// <summary>What a seed finds; null: nothing.</summary>
    private static string? Play(string? rule, int seed, string name, Faults faults)
    {
        Mutant.SwitchOff(rule);
        try
        {
            var empty = Seeds.Play(seed, faults).Happened.EmptyDiscoveries;
            return empty > 0 && name == nameof(Faults.Delays) ? $"{name} {seed}: {empty} discoveries found nothing to do" : null;
        }
        catch (SimulationFailedException failure)
        {
            return $"{name} {seed}: {failure.Message}";
        }
        finally
        {
            Mutant.SwitchOff(null);
        }
    }
}
