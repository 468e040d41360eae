namespace Stepwell.Simulation.Mutants;

/// <summary>Which rule is switched off on this thread.</summary>
internal static class Mutant
{
    [ThreadStatic]
    private static string? s_name;

    public static bool Is(string name) => s_name == name;

    public static void SwitchOff(string? name) => s_name = name;
}
