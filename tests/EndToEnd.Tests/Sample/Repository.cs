namespace Stepwell.EndToEnd.Tests.Sample;

public static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A program of this repository, built with the same configuration as the tests.</summary>
    public static string Program(string project, string assembly) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Stepwell.slnx"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new DirectoryNotFoundException("No Stepwell.slnx above the tests."));
}
