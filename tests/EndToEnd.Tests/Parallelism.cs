// Most tests wait for other processes, so more of them run side by side than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
