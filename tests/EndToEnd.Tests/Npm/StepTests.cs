namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs whose steps follow one another.</summary>
public sealed class StepTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task A_function_without_steps_ends_with_its_result_in_one_call(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "stepless", new { name = "world" });

        run.AssertCompleted("""{"hello":"world"}""");
        Assert.Equal(1, run.Calls);
    }

    [Theory]
    [ForEachClient]
    public async Task A_function_that_returns_nothing_ends_with_null(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "nothing");

        run.AssertCompleted("null");
    }

    [Theory]
    [ForEachClient]
    public async Task Steps_run_once_each_and_in_order(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "sequential");

        run.AssertCompleted("""[{"value":1},2,3]""");
        Assert.Equal(["one", "two", "three"], run.Work);
        Assert.Equal(["one", "two", "three"], run.Run.CompletedSteps.Select(step => step.GetProperty("name").GetString()));
    }

    [Theory]
    [ForEachClient]
    public async Task The_same_id_in_a_loop_is_a_step_each_time(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "loop");

        run.AssertCompleted("[0,1,2,3,4]");
        Assert.Equal(["again 0", "again 1", "again 2", "again 3", "again 4"], run.Work);
    }
}
