using System.Text.Json;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>One recorded request with its answer.</summary>
public sealed class Exchange(string file, JsonElement json)
{
    /// <summary>Where it stands: the file and its number in it.</summary>
    public string Id { get; } = $"{file}#{json.GetProperty("seq").GetInt32()}";

    public string Folder { get; } = Path.GetDirectoryName(file)!;

    public bool IsToApp { get; } = json.GetProperty("dir").GetString() == "server->sdk";

    public string Method { get; } = json.GetProperty("method").GetString()!;

    public string Url { get; } = json.GetProperty("url").GetString()!;

    public int Status { get; } = json.GetProperty("status").GetInt32();

    public JsonElement Request { get; } = json.GetProperty("reqBody");

    public JsonElement Answer { get; } = json.GetProperty("resBody");

    /// <summary>A call of a function: a POST with a body to an app, other than a probe.</summary>
    public bool IsCall => IsToApp && Method == "POST" && Request.ValueKind == JsonValueKind.Object && Request.TryGetProperty("ctx", out _);

    public bool IsRegistration => Url.StartsWith("/fn/register", StringComparison.Ordinal);

    public bool IsCheckpoint => Url.StartsWith("/v1/checkpoint", StringComparison.Ordinal);

    public bool IsSending => Url.StartsWith("/e/", StringComparison.Ordinal);

    /// <summary>The ops that the SDK reported, in its answer or in a checkpoint; null where it reported none.</summary>
    public JsonElement? Ops => (Status, IsCheckpoint) switch
    {
        (206, _) => Answer,
        (_, true) when Request.TryGetProperty("steps", out var steps) => steps,
        _ => null,
    };

    public string? RequestHeader(string name) => Header("reqHeaders", name);

    public string? AnswerHeader(string name) => Header("resHeaders", name);

    public override string ToString() => Id;

    private string? Header(string headers, string name) =>
        json.GetProperty(headers).TryGetProperty(name, out var value) ? value.GetString() : null;
}
