using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Stepwell.Protocol.Json;
using Stepwell.Sdk.Functions;
using Stepwell.Sdk.Sending;

namespace Stepwell.Sdk;

/// <summary>An app: its functions, and its way to the executor.</summary>
public sealed partial class StepwellClient
{
    private const int MaxAppIdLength = 255;

    private readonly Dictionary<string, Function> _functions = new(StringComparer.Ordinal);
    private readonly EventSender _sender;
    private readonly SignalSender _signals;

    /// <summary>Names an app whose values are written and read through a source-generated context, as trimmed and AOT-compiled apps need it.</summary>
    /// <param name="appId">The app's id, 1 to 255 characters.</param>
    /// <param name="json">Knows the types of events, of step results and of function results.</param>
    /// <param name="options">Where the executor is, and the keys; the environment decides what is not set.</param>
    /// <exception cref="ArgumentException">The id is empty or too long, or a setting has no meaning.</exception>
    public StepwellClient(string appId, JsonSerializerContext json, StepwellOptions? options = null)
        : this(appId, json.Options, options)
    {
    }

    /// <summary>Names an app whose values are written and read with these options.</summary>
    /// <param name="appId">The app's id, 1 to 255 characters.</param>
    /// <param name="json">Options with a type resolver.</param>
    /// <param name="options">Where the executor is, and the keys; the environment decides what is not set.</param>
    /// <exception cref="ArgumentException">The id is empty or too long, or a setting has no meaning.</exception>
    public StepwellClient(string appId, JsonSerializerOptions json, StepwellOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appId);
        if (appId.Length > MaxAppIdLength)
            throw new ArgumentException($"The app id has {appId.Length} characters; the limit is {MaxAppIdLength}.", nameof(appId));

        AppId = appId;
        Json = new StepJson(json);
        Settings = ClientSettings.Resolve(options ?? new StepwellOptions(), System.Environment.GetEnvironmentVariable);
        _sender = new EventSender(Http, Settings, Json, TimeProvider.System);
        _signals = new SignalSender(Http, Settings);
    }

    /// <summary>Names an app whose values are written and read by reflection.</summary>
    /// <param name="appId">The app's id, 1 to 255 characters.</param>
    /// <param name="options">Where the executor is, and the keys; the environment decides what is not set.</param>
    /// <exception cref="ArgumentException">The id is empty or too long, or a setting has no meaning.</exception>
    [RequiresUnreferencedCode("Types are found by reflection. Trimmed apps pass a JsonSerializerContext.")]
    [RequiresDynamicCode("Types are found by reflection. AOT-compiled apps pass a JsonSerializerContext.")]
    public StepwellClient(string appId, StepwellOptions? options = null)
        : this(appId, new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }, options)
    {
    }

    /// <summary>The app's id.</summary>
    public string AppId { get; }

    internal static HttpClient Http { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    internal StepJson Json { get; }

    internal ClientSettings Settings { get; }

    /// <summary>The functions made so far, as they are registered.</summary>
    public IReadOnlyCollection<IFunction> AllFunctions => Functions;

    /// <summary>The functions made so far.</summary>
    internal IReadOnlyCollection<Function> Functions
    {
        get
        {
            lock (_functions)
                return [.. _functions.Values];
        }
    }

    /// <summary>Sends an event. When it returns, the event and the starts of all functions that it triggers are durable.</summary>
    /// <param name="data">The event's data, of a type with <see cref="EventAttribute"/>, or an <see cref="Event"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The event's id at the executor, a ULID.</returns>
    /// <exception cref="ArgumentException">The type has no <see cref="EventAttribute"/>.</exception>
    /// <exception cref="StepwellException">The executor refused the event, or could not be reached in six tries.</exception>
    public async Task<string> SendAsync(object data, CancellationToken cancellationToken = default) =>
        (await SendManyAsync([data], cancellationToken))[0];

    /// <summary>Sends events, at most 5,000. All are accepted, or none; repeated tries start nothing twice.</summary>
    /// <param name="events">The data of events, of types with <see cref="EventAttribute"/>, or <see cref="Event"/> values.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The events' ids at the executor, in their order.</returns>
    /// <exception cref="ArgumentException">A type has no <see cref="EventAttribute"/>, or there are more than 5,000 events.</exception>
    /// <exception cref="StepwellException">The executor refused an event, answered with fewer ids than events, or could not be reached in six tries.</exception>
    public Task<IReadOnlyList<string>> SendManyAsync(IEnumerable<object> events, CancellationToken cancellationToken = default) =>
        _sender.SendAsync(events, cancellationToken);

    /// <summary>Sends a signal to the run that waits for it.</summary>
    /// <param name="signal">The signal's name, 1 to 512 characters.</param>
    /// <param name="data">What the run gets with it, of a type that this client's JSON knows; null for nothing.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The run that got it; null when none waits.</returns>
    /// <exception cref="StepwellException">The executor refused the signal, or could not be reached.</exception>
    public Task<string?> SendSignalAsync(string signal, object? data = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(signal);
        return _signals.SendAsync(signal, data is null ? RawJson.Null : Json.WriteObject(data, data.GetType()), cancellationToken);
    }

    internal TFunction Add<TFunction>(TFunction function)
        where TFunction : Function
    {
        lock (_functions)
        {
            if (!_functions.TryAdd(function.Options.Id, function))
                throw new ArgumentException($"The app '{AppId}' has two functions with the id '{function.Options.Id}'; ids must differ.");
        }

        return function;
    }
}
