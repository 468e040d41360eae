namespace Stepwell.Executor.Ports;

/// <summary>Requests that steps ask the executor to make. Whatever a server or the network does is an answer; nothing is thrown but the cancellation.</summary>
public interface IGatewayCalls
{
    /// <summary>Makes a request. What it is answered is reported as the step's data.</summary>
    /// <exception cref="OperationCanceledException">The request was broken off through the token.</exception>
    Task<AppAnswer> CallAsync(GatewayCall call, CancellationToken cancellationToken);
}
