using System.Text.RegularExpressions;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Docs;

/// <summary>What <c>docs/guarantees.md</c> promises, it shows by tests that there are.</summary>
public sealed partial class GuaranteesTests
{
    private static readonly string[] s_rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "guarantees.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(2)];

    private static readonly ILookup<string, string> s_tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
        .ToLookup(file => Path.GetFileNameWithoutExtension(file));

    [Fact]
    public void Each_promise_names_what_shows_it()
    {
        Assert.True(s_rows.Length > 10, $"There are {s_rows.Length} promises.");
        Assert.All(s_rows, row => Assert.True(ShownBy(row).Contains("simulation", StringComparison.Ordinal) || Names().IsMatch(ShownBy(row)), row));
    }

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        foreach (var name in s_rows.SelectMany(row => Names().Matches(ShownBy(row))))
        {
            var (type, member) = (name.Groups["type"].Value, name.Groups["member"].Value);
            Assert.True(Files(type).Any(file => File.ReadAllText(file).Contains(member, StringComparison.Ordinal)), $"There is no {name.Value} in the tests.");
        }
    }

    /// <summary>The files of a type, or those that have a member of that name.</summary>
    private static IEnumerable<string> Files(string name) => s_tests.Contains(name)
        ? s_tests[name]
        : s_tests.SelectMany(files => files).Where(file => File.ReadAllText(file).Contains($" {name}", StringComparison.Ordinal));

    private static string ShownBy(string row) => row.TrimEnd(' ', '|').Split(" | ")[^1];

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)(\.(?<member>\w+))?`")]
    private static partial Regex Names();
}
