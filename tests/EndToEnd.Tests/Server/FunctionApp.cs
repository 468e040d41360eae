using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Function apps as processes of their own, under the host of the tests.</summary>
internal static class FunctionApp
{
    public static ServerProcess Run(string project, string assembly, int port, IReadOnlyDictionary<string, string> settings) => new(
        BuiltProgram.PathOf("tests/FunctionsHost", "Stepwell.Testing.FunctionsHost"), [BuiltProgram.PathOf(project, assembly), "--port", $"{port}"], settings);

    /// <summary>The app settings that say what the server's arguments say.</summary>
    public static Dictionary<string, string> SettingsOf(IEnumerable<string> arguments)
    {
        var settings = new Dictionary<string, string>();
        var left = new Queue<string>(arguments);
        while (left.TryDequeue(out var name))
        {
            var setting = name == "--storage" ? "AzureWebJobsStorage" : $"STEPWELL_{name[2..].Replace('-', '_').ToUpperInvariant()}";
            var value = name == "--dev" ? "true" : left.Dequeue();
            settings[setting] = settings.TryGetValue(setting, out var others) ? $"{others},{value}" : value;
        }

        return settings;
    }
}
