using Azure.Data.Tables;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The columns of a step's row.</summary>
internal static class StepRow
{
    /// <summary>Begins the names of the content that a row had before a commit that may never be complete.</summary>
    public const string Previous = "p";

    private const string Number = "n";

    /// <summary>What a reader sees in a row.</summary>
    public enum Sight
    {
        /// <summary>What the newest complete commit says.</summary>
        Valid,

        /// <summary>A commit that is not complete; the row keeps what was there before.</summary>
        Previous,

        /// <summary>A commit that is not complete; before it there was nothing.</summary>
        Nothing,

        /// <summary>A commit that is younger than the run's row as read: what was read is a mixture.</summary>
        Newer,
    }

    public static TableEntity Create(RunKeys keys, StepKey step, long number) => new(keys.Run.Value, keys.Step(step)) { [Number] = number };

    public static Sight Look(TableEntity row, CommitNumbers numbers)
    {
        var number = row.GetInt64(Number)!.Value;
        if (numbers.IsCommitted(number))
            return Sight.Valid;

        if (number > numbers.Taken)
            return Sight.Newer;

        return Content.Has(row, Previous) ? Sight.Previous : Sight.Nothing;
    }
}
