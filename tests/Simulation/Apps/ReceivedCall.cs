using Stepwell.Executor.Ports;

namespace Stepwell.Simulation.Tests;

/// <summary>A call as the app sees it.</summary>
/// <param name="Call">What it carries.</param>
/// <param name="Number">In the order in which the calls began.</param>
/// <param name="Function">The function that it is for.</param>
internal sealed record ReceivedCall(AppCall Call, long Number, SimulatedFunction Function);
