using Stepwell.Protocol.Json;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <summary>
/// The steps of a function. Each has an id; the same id in a loop is numbered. A step's result is kept, and given back in every later call instead of
/// running the step again. Steps are matched by id, so they may be added, removed and reordered while runs are under way.
/// </summary>
/// <remarks>
/// At the end of each call the function is left where it stands; nothing is thrown into it. So <c>catch</c> sees nothing of it, and <c>finally</c> and
/// <c>Dispose</c> run only in the call that comes to them. The scope that services come from is disposed after each call.
/// </remarks>
public sealed partial class Step
{
    private readonly Pass _pass;
    private readonly StepJson _json;

    private readonly StepwellClient _client;

    internal Step(Pass pass, StepwellClient client)
    {
        _pass = pass;
        _client = client;
        _json = client.Json;
    }

    /// <summary>Runs a step once and keeps its result.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="body">What it does. It runs at least once, and once if nothing crashes; its token fires when the call is broken off.</param>
    /// <exception cref="StepFailedException">The step failed for good.</exception>
    public Task<T> RunAsync<T>(string id, Func<CancellationToken, Task<T>> body) =>
        _pass.Find(id, Run<T>(_json, async token => _json.Write(await body(token), $"The result of step '{id}'")));

    /// <inheritdoc cref="RunAsync{T}(string, Func{CancellationToken, Task{T}})"/>
    public Task<T> RunAsync<T>(string id, Func<Task<T>> body) => RunAsync(id, _ => body());

    /// <inheritdoc cref="RunAsync{T}(string, Func{CancellationToken, Task{T}})"/>
    public Task<T> RunAsync<T>(string id, Func<CancellationToken, T> body) => RunAsync(id, token => Task.FromResult(body(token)));

    /// <inheritdoc cref="RunAsync{T}(string, Func{CancellationToken, Task{T}})"/>
    public Task<T> RunAsync<T>(string id, Func<T> body) => RunAsync(id, _ => Task.FromResult(body()));

    /// <summary>Runs a step without a result once.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="body">What it does. It runs at least once, and once if nothing crashes; its token fires when the call is broken off.</param>
    /// <exception cref="StepFailedException">The step failed for good.</exception>
    public Task RunAsync(string id, Func<CancellationToken, Task> body) => _pass.Find(id, Run<Nothing>(_json, async token =>
    {
        await body(token);
        return RawJson.Null;
    }));

    /// <inheritdoc cref="RunAsync(string, Func{CancellationToken, Task})"/>
    public Task RunAsync(string id, Func<Task> body) => RunAsync(id, (CancellationToken _) => body());

    /// <inheritdoc cref="RunAsync(string, Func{CancellationToken, Task})"/>
    public Task RunAsync(string id, Action<CancellationToken> body) => RunAsync(id, (CancellationToken token) =>
    {
        body(token);
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="RunAsync(string, Func{CancellationToken, Task})"/>
    public Task RunAsync(string id, Action body) => RunAsync(id, (CancellationToken _) =>
    {
        body();
        return Task.CompletedTask;
    });

    /// <summary>Sends an event, once. Returns its id at the executor.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="data">The event's data, of a type with <see cref="EventAttribute"/>, or an <see cref="Event"/>.</param>
    public async Task<string> SendEventAsync(string id, object data) => (await SendEventsAsync(id, [data]))[0];

    /// <summary>Sends events, once. Returns their ids at the executor, in their order.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="events">The data of events, of types with <see cref="EventAttribute"/>, or <see cref="Event"/> values.</param>
    public async Task<IReadOnlyList<string>> SendEventsAsync(string id, IEnumerable<object> events)
    {
        var sent = await _pass.Find(
            id, Run<SentEvents>(StepJson.Own, async token => StepJson.Own.Write(new SentEvents(await _client.SendManyAsync(events, token)), $"The result of step '{id}'")));
        return sent.Ids;
    }

    /// <summary>Sends a signal, once. Returns the run that got it; null when none waited.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="signal">The signal's name, 1 to 512 characters.</param>
    /// <param name="data">What the run gets with it; null for nothing.</param>
    public async Task<string?> SendSignalAsync(string id, string signal, object? data = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(signal);
        var sent = await _pass.Find(
            id, Run<SentSignal>(StepJson.Own, async token => StepJson.Own.Write(new SentSignal(await _client.SendSignalAsync(signal, data, token)), $"The result of step '{id}'")));
        return sent.RunId;
    }

    private static StepKind<T> Run<T>(StepJson json, Func<CancellationToken, Task<RawJson>> body)
    {
        json.Require<T>();
        return new StepKind<T> { Body = body, Read = json.Read<T> };
    }
}
