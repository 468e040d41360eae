namespace Stepwell.Functions.Tests;

/// <summary>What functions saw: a message with its number of deliveries, or that something happened.</summary>
public sealed class Seen
{
    private readonly List<(string What, long Count)> _seen = [];

    public void Add(string what, long count = 1)
    {
        lock (_seen)
            _seen.Add((what, count));
    }

    public long[] Of(string what)
    {
        lock (_seen)
            return [.. _seen.Where(one => one.What == what).Select(one => one.Count)];
    }

    public Task UntilAsync(string what, int times = 1) => HostTests.UntilAsync(() => Task.FromResult(Of(what).Length >= times), $"'{what}' {times} times");
}
