namespace Stepwell.Executor.Matching;

/// <summary>How one value stands to another.</summary>
internal enum Ordering
{
    /// <summary>The two have no order: they are of different types, or one is NaN.</summary>
    None,
    Before,
    Same,
    After,
}
