using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Ports;

/// <summary>An HTTP request that a step asks the executor to make.</summary>
/// <param name="Step">The step.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Op">The op code: what the request is for.</param>
/// <param name="Opts">The op's <c>opts</c>.</param>
public sealed record GatewayCall(StepKey Step, string Name, string Op, RawJson Opts);
