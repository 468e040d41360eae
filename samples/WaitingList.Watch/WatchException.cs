namespace Stepwell.Samples.WaitingList.Watch;

public sealed class WatchException(string message) : Exception(message);
