using System.Text.Json.Nodes;
using Stepwell.EndToEnd.Tests.Sample;
using Stepwell.EndToEnd.Tests.Server;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>A run of one of the Node app's functions that has ended, and what its bodies really did.</summary>
internal sealed class ClientRun
{
    private ClientRun(SampleRun run, Ledger ledger)
    {
        Run = run;
        Work = ledger.WorkOf(run.Id);
        Calls = ledger.CallsOf(run.Id);
        Ledger = ledger;
    }

    public SampleRun Run { get; }

    /// <summary>The bodies that were entered, in order.</summary>
    public string[] Work { get; }

    /// <summary>How often the app was called.</summary>
    public int Calls { get; }

    public Ledger Ledger { get; }

    public string Message => Run.Output.GetProperty("message").GetString()!;

    /// <summary>Starts a function by its event, and waits for the run's end.</summary>
    public static async Task<ClientRun> OfAsync(Storage storage, string client, string function, object? data = null)
    {
        var world = await ClientWorld.OfAsync(storage);
        return await OfAsync(world.Executor, world.AppOf(client), client, function, data);
    }

    public static async Task<ClientRun> OfAsync(ExecutorServer executor, NpmApp app, string client, string function, object? data = null, string eventKey = "test")
    {
        var id = await executor.SendAsync($"{client}/{function}", data ?? new { }, eventKey);
        return await OfEventAsync(executor, app, id);
    }

    /// <summary>The one run of an event that was sent already, at its end.</summary>
    public static async Task<ClientRun> OfEventAsync(ExecutorServer executor, NpmApp app, string eventId)
    {
        try
        {
            return new ClientRun(await executor.WaitForEndAsync(eventId), app.Ledger);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}\nThe app says:\n{app.Output}");
        }
    }

    /// <summary>The run completed with this result.</summary>
    public void AssertCompleted(string json)
    {
        Assert.True(Run.Status == "Completed", Run.ToString());
        var actual = JsonNode.Parse(Run.Output.GetRawText());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), actual), $"Expected {json}, got {actual?.ToJsonString() ?? "null"}");
    }

    public void AssertFailed(string message)
    {
        Assert.True(Run.Status == "Failed", Run.ToString());
        Assert.Equal(message, Message);
    }
}
