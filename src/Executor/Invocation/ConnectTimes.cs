namespace Stepwell.Executor.Invocation;

/// <summary>How long connecting to an app may take.</summary>
internal sealed record ConnectTimes
{
    public static ConnectTimes Default { get; } = new();

    /// <summary>For finding the addresses of a host and reaching one of them: for all of them together, which are tried one after the other.</summary>
    public TimeSpan Reaching { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For the TLS handshake too.</summary>
    public TimeSpan Whole => 2 * Reaching;

    /// <summary>An attempt that failed sooner is not shared: calls that wait for one after the other of those, such as refused connections, do not wait for long.</summary>
    public TimeSpan SharedFrom { get; init; } = TimeSpan.FromSeconds(1);
}
