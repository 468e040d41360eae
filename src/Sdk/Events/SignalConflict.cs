namespace Stepwell.Sdk;

/// <summary>What happens to a run that waits for a signal for which another run waits already.</summary>
public enum SignalConflict
{
    /// <summary>Its step fails; the other goes on waiting.</summary>
    Fail,

    /// <summary>It takes the other's place, which waits in vain until its time is over.</summary>
    Replace,
}
