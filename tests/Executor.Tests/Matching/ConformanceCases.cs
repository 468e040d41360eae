using System.Text.Json;

namespace Stepwell.Executor.Tests.Matching;

/// <summary>The conformance cases of CEL's specification that fall into our subset; source, licence and what was left out stand in the file.</summary>
internal static class ConformanceCases
{
    private static readonly Lazy<JsonElement> s_file = new(() => JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Matching", "Fixtures", "cel-conformance.json"))));

    private static readonly Lazy<Dictionary<string, JsonElement>> s_cases = new(() => s_file.Value.GetProperty("cases").EnumerateArray().ToDictionary(one => one.GetProperty("case").GetString()!));

    public static IEnumerable<string> Names => s_cases.Value.Keys;

    public static int Total => s_file.Value.GetProperty("total").GetInt32();

    public static int Excluded => s_file.Value.GetProperty("excluded").EnumerateObject().Sum(reason => reason.Value.GetInt32());

    public static JsonElement Find(string name) => s_cases.Value[name];
}
