namespace Stepwell.Samples.WaitingList.Watch;

public sealed class WatchException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}
