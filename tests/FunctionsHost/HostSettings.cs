using System.Globalization;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>host.json, with the host's own defaults. Settings of the app that begin with <c>AzureFunctionsJobHost__</c> go over it.</summary>
internal sealed class HostSettings
{
    private readonly IConfiguration _values;

    /// <param name="folder">Where host.json lies.</param>
    public HostSettings(string folder) => _values = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(folder, "host.json"), optional: false)
        .AddEnvironmentVariables("AzureFunctionsJobHost__")
        .Build();

    /// <summary>After so long a function is cancelled, and the process ends.</summary>
    public TimeSpan FunctionTimeout => Length("functionTimeout", TimeSpan.FromMinutes(5));

    /// <summary>What the paths of all HTTP functions begin with.</summary>
    public string RoutePrefix => _values["extensions:http:routePrefix"] ?? "api";

    /// <summary>How many messages are received in one request.</summary>
    public int BatchSize => Number("extensions:queues:batchSize", 16);

    /// <summary>Others are received when no more than so many are being handled.</summary>
    public int NewBatchThreshold => Number("extensions:queues:newBatchThreshold", BatchSize / 2);

    /// <summary>The longest time between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval => Length("extensions:queues:maxPollingInterval", TimeSpan.FromMinutes(1));

    /// <summary>For how long a message whose handling failed stays hidden.</summary>
    public TimeSpan VisibilityTimeout => Length("extensions:queues:visibilityTimeout", TimeSpan.Zero);

    /// <summary>After so many failed handlings a message goes to the poison queue.</summary>
    public int MaxDequeueCount => Number("extensions:queues:maxDequeueCount", 5);

    /// <summary>Whether bodies are base64, not plain text.</summary>
    public bool IsBase64 => _values["extensions:queues:messageEncoding"] is not { } encoding || !encoding.Equals("none", StringComparison.OrdinalIgnoreCase);

    private TimeSpan Length(string key, TimeSpan otherwise) => _values[key] is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private int Number(string key, int otherwise) => _values[key] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
