using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk.Functions;

/// <summary>A function as the serve handler needs it: its types are behind it.</summary>
internal abstract class Function(FunctionOptions options, FunctionId id) : IFunction
{
    public FunctionOptions Options { get; } = options;

    /// <summary>The composite id.</summary>
    public FunctionId Id { get; } = id;

    /// <summary>Begins one pass through the function.</summary>
    public abstract Task<RawJson> BeginAsync(Pass pass, IServiceProvider services);
}
