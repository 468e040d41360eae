using System.Diagnostics.CodeAnalysis;

namespace Stepwell.Executor.Invocation;

/// <summary>A call that may have to wait for a connection. Calls are numbered as they begin.</summary>
internal sealed class WaitingCall
{
    private static readonly HttpRequestOptionsKey<WaitingCall> s_key = new("stepwell.call");
    private static long s_last;

    private volatile bool _isConnected;

    /// <summary>The number of the call that began last.</summary>
    public static long Last => Interlocked.Read(ref s_last);

    public long Number { get; } = Interlocked.Increment(ref s_last);

    /// <summary>Whether a connection that was made for this call came about, TLS included.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Makes a request that of a call, which shares the failures of attempts to connect with others.</summary>
    public static void Begin(HttpRequestMessage request) => request.Options.Set(s_key, new WaitingCall());

    /// <summary>The call of a request; false when none was begun, as for requests to hosts that steps name.</summary>
    public static bool TryFind(HttpRequestMessage request, [NotNullWhen(true)] out WaitingCall? call) => request.Options.TryGetValue(s_key, out call);

    public void Connected() => _isConnected = true;
}
