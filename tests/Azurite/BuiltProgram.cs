namespace Stepwell.Testing.Azurite;

public static class BuiltProgram
{
    /// <summary>Where a program of this repository lies, built with the same configuration as the tests.</summary>
    public static string PathOf(string project, string assembly)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Repository.Root, project, "bin", configuration, "net10.0", assembly + ".dll");
    }
}
