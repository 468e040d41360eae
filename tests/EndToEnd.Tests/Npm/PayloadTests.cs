using System.Text.Json.Nodes;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Large and odd JSON through the shipped SDKs and back.</summary>
public sealed class PayloadTests : IClassFixture<ClientWorlds>
{
    private const string Odd =
        """{"":{"é\u2028\ud83d\ude00":[1e+21,1e-7,-0.5,9007199254740991,true,null,""]},"b":{},"a":[[],[{"data":{"data":7}}]],"error":{"message":"no error"},"\u0001\"\\\/":"\u0000\u001f\u007f"}""";

    [Theory]
    [ForEachClient]
    public async Task Odd_JSON_comes_back_as_it_was(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "echo", new { value = JsonNode.Parse(Odd) });

        run.AssertCompleted($$"""{"step":{{Odd}},"direct":{{Odd}}}""");
    }

    // The event itself has at most 512 KiB.
    [Theory]
    [ForEachClient]
    public async Task A_large_event_and_a_large_result_come_back_as_they_were(Storage storage, string client)
    {
        var text = new string('é', 200_000);

        var run = await ClientRun.OfAsync(storage, client, "echo", new { value = text });

        run.AssertCompleted($$"""{"step":"{{text}}","direct":"{{text}}"}""");
        var large = await ClientRun.OfAsync(storage, client, "large-result");
        large.AssertCompleted($"\"{new string('x', 3_000_000)}\"");
    }

    [Theory]
    [ForEachClient]
    public async Task A_run_with_more_state_than_fits_a_call_has_it_fetched(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "large-state");

        run.AssertCompleted("""["01200000","11200000","21200000","31200000","41200000"]""");
        Assert.Equal(["slice 0", "slice 1", "slice 2", "slice 3", "slice 4"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_step_whose_result_is_too_large_fails_with_a_sentence_that_names_it(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "too-large");

        Assert.True(run.Run.Status == "Failed", run.Run.ToString()[..1000]);
        Assert.Contains("huge", run.Message, StringComparison.Ordinal);
        Assert.Contains("4194304", run.Message, StringComparison.Ordinal);
    }
}
