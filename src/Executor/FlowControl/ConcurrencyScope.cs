namespace Stepwell.Executor.FlowControl;

/// <summary>Among what a concurrency limit counts.</summary>
public enum ConcurrencyScope
{
    /// <summary>The runs of the function.</summary>
    Function,

    /// <summary>Everything here that has the same key; there is one environment.</summary>
    Environment,

    /// <summary>Everything here that has the same key; there is one account.</summary>
    Account,
}
