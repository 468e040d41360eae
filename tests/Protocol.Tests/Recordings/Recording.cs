using System.Text.Json;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>The conversations recorded between a server and the npm SDKs of versions 3 and 4, from the fixtures.</summary>
public static class Recording
{
    private static readonly Lazy<IReadOnlyList<Exchange>> s_all = new(() => [.. Files().SelectMany(Read)]);

    public static IReadOnlyList<Exchange> All => s_all.Value;

    public static Exchange Find(string id) => All.Single(exchange => exchange.Id == id);

    /// <summary>The exchanges of a kind, as the data of a theory: a name each, so that each has a line of its own in the results.</summary>
    public static TheoryData<string> Named(Func<Exchange, bool> which) => [.. All.Where(which).Select(exchange => exchange.Id)];

    public static JsonElement Fixture(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), file))).RootElement;

    private static string Folder() => Path.Combine(AppContext.BaseDirectory, "Fixtures");

    private static IEnumerable<string> Files() => Directory
        .EnumerateFiles(Folder(), "*.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder(), path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<Exchange> Read(string file)
    {
        var root = Fixture(file);
        return root.ValueKind == JsonValueKind.Array
            ? root.EnumerateArray().Where(one => one.TryGetProperty("dir", out _)).Select(one => new Exchange(file, one))
            : [];
    }
}
