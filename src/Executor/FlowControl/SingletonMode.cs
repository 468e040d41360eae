namespace Stepwell.Executor.FlowControl;

/// <summary>What happens to an event of a singleton function while a run is live.</summary>
public enum SingletonMode
{
    /// <summary>It starts nothing.</summary>
    Skip,

    /// <summary>The live run is cancelled, and it starts one.</summary>
    Cancel,
}
