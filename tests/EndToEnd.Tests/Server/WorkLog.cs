using System.Collections.Concurrent;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>What the bodies of steps have really done, kept outside the executor and its storage.</summary>
internal sealed class WorkLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line) => _lines.Enqueue(line);

    public int Count(string line) => _lines.Count(other => other == line);

    /// <summary>The lines that begin so, in order.</summary>
    public string[] Of(string prefix) => [.. _lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>Waits until a line has been written so many times.</summary>
    public Task WaitForAsync(string line, int times = 1) => Eventually.BecomesTrueAsync(
        () => Task.FromResult(Count(line) >= times), () => $"'{line}' was not written {times} times: {this}");

    public override string ToString() => string.Join(", ", _lines);
}
