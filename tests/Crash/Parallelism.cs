// A crash run has the machine to itself.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
