using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stepwell.EndToEnd.Tests.Engine;

/// <summary>Counts what .NET itself says it has sent to the addresses of a connection string.</summary>
internal sealed partial class SentRequests : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly HashSet<int> _ports;
    private int _count;

    public SentRequests(string connectionString)
    {
        _ports = [.. Port().Matches(connectionString).Select(match => int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture))];
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.client.request.duration", Meter.Name: "System.Net.Http" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
        _listener.Start();
    }

    public int Count => _count;

    public void Dispose() => _listener.Dispose();

    private void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "server.port" && value is int port && _ports.Contains(port))
                Interlocked.Increment(ref _count);
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Port();
}
