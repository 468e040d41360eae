using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>What most tests of runs do, expecting it to go well.</summary>
internal static class StoredRuns
{
    public static async Task<ReadRunOutcome.Found> FindAsync(this IRunStore runs, RunId id) =>
        Assert.IsType<ReadRunOutcome.Found>(await runs.ReadAsync(id, CancellationToken.None));

    /// <summary>Creates a run and reads it.</summary>
    public static async Task<ReadRunOutcome.Found> CreatedAsync(this IRunStore runs, Run run)
    {
        Assert.IsType<CreateRunOutcome.Created>(await runs.CreateAsync(run, CancellationToken.None));
        return await runs.FindAsync(run.Id);
    }

    /// <summary>Commits and returns what the next commit starts from.</summary>
    public static async Task<ReadRunOutcome.Found> CommittedAsync(this IRunStore runs, ReadRunOutcome.Found before, Run after)
    {
        var committed = Assert.IsType<CommitRunOutcome.Committed>(await runs.CommitAsync(before.Run, before.Version, after, CancellationToken.None));
        return new ReadRunOutcome.Found(after, committed.Version);
    }

    public static async Task AssertStoredAsync(this IRunStore runs, Run expected) =>
        Assert.Equal(Described.Of(expected), Described.Of((await runs.FindAsync(expected.Id)).Run));

    /// <summary>Creates a run without it, commits it, and sees that what is read is exactly that.</summary>
    public static async Task AssertKeptAsync(this IRunStore runs, Run run)
    {
        var created = await runs.CreatedAsync(ExampleRuns.Fresh() with { Id = run.Id, Events = run.Events, CreatedAt = run.CreatedAt });
        await runs.CommittedAsync(created, run);
        await runs.AssertStoredAsync(run);
    }
}
