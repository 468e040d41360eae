using System.Text.RegularExpressions;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

public sealed partial class ReadmeTests
{
    [Fact]
    public void The_function_in_the_readme_is_the_one_that_the_sample_runs()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var source = File.ReadAllText(Path.Combine(Repository.Root, "samples/WaitingList/Functions.cs"));

        var shown = FirstFunction().Match(readme).Groups["code"].Value;
        var compiled = Region().Match(source).Groups["code"].Value;

        Assert.NotEqual("", shown);
        Assert.Equal(Unindent(compiled), Unindent(shown));
    }

    [Fact]
    public void The_lines_that_host_functions_in_the_readme_stand_in_the_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var program = File.ReadAllText(Path.Combine(Repository.Root, "samples/WaitingList/Program.cs"));

        var shown = Blocks().Matches(readme)[1].Groups["code"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, shown.Length);
        Assert.All(shown, line => Assert.Contains(line, program));
    }

    private static string Unindent(string code)
    {
        var lines = code.Trim('\n').Split('\n');
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line.TrimStart())).TrimEnd();
    }

    [GeneratedRegex("```csharp\n(?<code>public static.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstFunction();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("// README: a function\n(?<code>.*?)\n *// README: end", RegexOptions.Singleline)]
    private static partial Regex Region();
}
