using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Functions;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <content>Invokes other functions.</content>
public sealed partial class Step
{
    /// <summary>Runs another function as a child run and gives its result, without holding anything meanwhile.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="function">The function.</param>
    /// <param name="data">The data of the event that it is started with; it must be an object in JSON.</param>
    /// <param name="timeout">How long to wait for its end, 0 to 366 days; a year when it is null. When it is over the child goes on.</param>
    /// <exception cref="InvokeFailedException">The child failed, was cancelled, or took too long; or no app has the function.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public Task<TOut> InvokeAsync<TEvent, TOut>(string id, IFunction<TEvent, TOut> function, TEvent data, TimeSpan? timeout = null) => function is Function known
        ? InvokeAsync<TOut>(id, known.Id, _json.Write(data, $"The data of step '{id}'"), timeout)
        : throw new ArgumentException("The function was not made by a StepwellClient.", nameof(function));

    /// <summary>Runs a function of any app as a child run and gives its result, without holding anything meanwhile.</summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="functionId">The function's composite id: its app's id, a dash, its own.</param>
    /// <param name="data">The data of the event that it is started with, of a type that this client's JSON knows and an object in JSON; null for none.</param>
    /// <param name="timeout">How long to wait for its end, 0 to 366 days; a year when it is null. When it is over the child goes on.</param>
    /// <exception cref="InvokeFailedException">The child failed, was cancelled, or took too long; or no app has the function.</exception>
    /// <exception cref="ArgumentException">The id is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public Task<TOut> InvokeAsync<TOut>(string id, string functionId, object? data, TimeSpan? timeout = null) => FunctionId.TryParse(functionId, out var function)
        ? InvokeAsync<TOut>(id, function, data is null ? RawJson.FromString("{}") : _json.WriteObject(data, data.GetType()), timeout)
        : throw new ArgumentException($"'{functionId}' is no function id: it has 1 to 255 characters.", nameof(functionId));

    private Task<TOut> InvokeAsync<TOut>(string id, FunctionId function, RawJson data, TimeSpan? timeout)
    {
        if (timeout is { } given)
            RequireWait(id, given);

        if (data.Utf8.Span[0] != (byte)'{')
            throw new ArgumentException($"Step '{id}' invokes '{function}' with the data {data}; it must be an object, as the data of an event is.", nameof(data));

        _json.Require<TOut>();
        var until = timeout is { } limit ? TimeString.Format(limit) : null;
        return _pass.Find(id, new StepKind<TOut>
        {
            Op = (key, userland, opts) => new InvokeFunctionOp { Id = key, DisplayName = userland.Id, Userland = userland, Opts = opts, Function = function, Timeout = until },
            Opts = writer =>
            {
                writer.WriteString("function_id", function.Value);
                writer.WriteStartObject("payload");
                writer.WritePropertyName("data");
                writer.WriteRawValue(data.Utf8.Span, skipInputValidation: true);
                writer.WriteEndObject();
                if (until is not null)
                    writer.WriteString("timeout", until);
            },
            Read = _json.Read<TOut>,
            Failed = (step, failure, json) => new InvokeFailedException(step, function.Value, failure, json),
        });
    }
}
