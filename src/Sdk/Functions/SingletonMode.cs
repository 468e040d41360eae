namespace Stepwell.Sdk;

/// <summary>What happens to an event of a singleton function while a run is live.</summary>
public enum SingletonMode
{
    /// <summary>Its run is skipped.</summary>
    Skip,

    /// <summary>The live run is cancelled, and its own starts.</summary>
    Cancel,
}
