namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Where an event is.</summary>
/// <param name="Stream">One of those of <see cref="EventKeys"/>.</param>
/// <param name="Hour">The hour in which it was received, counted backwards.</param>
/// <param name="Row">The row's key: the smaller, the newer.</param>
internal readonly record struct EventKey(string Stream, string Hour, string Row)
{
    public string Partition => Stream + Hour;

    /// <summary>The partition in which the first version kept it.</summary>
    public string FirstPartition => Hour;
}
