using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Changes states of flow control: reads, decides, writes, and begins anew when another was quicker.</summary>
public sealed class Gates(IGateStore store)
{
    /// <summary>The state of a key; the default of its type when there is none.</summary>
    internal async Task<TState?> ReadAsync<TState>(GateKey key, JsonTypeInfo<TState> type, CancellationToken cancellationToken) =>
        Read((await store.ReadAsync(key.Value, cancellationToken)).State, type);

    /// <param name="key">The state's key.</param>
    /// <param name="type">How the state is written.</param>
    /// <param name="decide">From the state, the default of its type at first, to the next one and what follows. An equal state writes nothing.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal async Task<T> ChangeAsync<TState, T>(GateKey key, JsonTypeInfo<TState> type, Func<TState?, (TState? Next, T Result)> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await store.ReadAsync(key.Value, cancellationToken);
            var state = Read(before.State, type);
            var (next, result) = decide(state);
            if (Equals(next, state) || await store.WriteAsync(key.Value, before, RawJson.FromString(JsonSerializer.Serialize(next!, type)), cancellationToken))
                return result;
        }
    }

    private static TState? Read<TState>(RawJson json, JsonTypeInfo<TState> type) => json.IsNull ? default : JsonSerializer.Deserialize(json.Utf8.Span, type);
}
