namespace Stepwell.Sdk;

/// <summary>Among what a concurrency limit counts.</summary>
public enum ConcurrencyScope
{
    /// <summary>The runs of the function.</summary>
    Function,

    /// <summary>Everything in the environment that has the same key.</summary>
    Environment,

    /// <summary>Everything in the account that has the same key.</summary>
    Account,
}
