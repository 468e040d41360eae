namespace Stepwell.Executor.Ports;

/// <summary>Calls to apps. Whatever an app or the network does is an answer; nothing is thrown but the cancellation.</summary>
public interface IAppCalls
{
    /// <exception cref="OperationCanceledException">The call was broken off through the token.</exception>
    Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken);
}
