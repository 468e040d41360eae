using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk.Functions;

/// <summary>A function with its types.</summary>
internal sealed class Function<TEvent, TOut>(
    FunctionOptions options, FunctionId id, StepwellClient client, Func<IServiceProvider, RunContext<TEvent>, Step, Task<TOut>> body)
    : Function(options, id), IFunction<TEvent, TOut>
{
    public override async Task<RawJson> BeginAsync(Pass pass, IServiceProvider services)
    {
        var events = pass.Call.Events.Select(client.Json.ReadEvent<TEvent>).ToList();
        var run = new RunContext<TEvent>(events, pass);
        var result = await body(services, run, new Step(pass, client));
        return client.Json.Write(result, $"The result of function '{Id}'");
    }
}
