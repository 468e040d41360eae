using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Simulation.Tests;

/// <summary>What an app asks of any of the executors, over a network that breaks.</summary>
internal interface IExecutorApi
{
    /// <summary>Has a step remembered. Null when no answer came.</summary>
    Task<CheckpointOutcome?> CheckpointAsync(RunId id, DispatchKey dispatch, Op op);

    /// <summary>Sends an event. False when nobody said that it was accepted; it may have been all the same.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="key">Its data's key.</param>
    /// <param name="id">Its id.</param>
    Task<bool> SendAsync(string name, string key, string id);
}
