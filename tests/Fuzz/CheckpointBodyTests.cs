using CsCheck;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever is sent as a checkpoint: its steps are kept, or it is refused with a sentence and the run is as it was.</summary>
public class CheckpointBodyTests
{
    private static readonly Gen<JsonTree> s_checkpoints = Gen.Select(Gen.OneOf("0.0", "0.1", "1.0", "0"), Gen.Frequency((4, OpGrammar.Run), (1, OpGrammar.One)).Array[0, 3], (dispatch, ops) => JsonTree.Of(
        ("run_id", JsonTree.Of("01M85TDC9C8FAPRGAAWQ6VY3Z0")), ("fn_id", JsonTree.Of("shop-order")), ("qi_id", JsonTree.Of(dispatch)), ("generation_id", new JsonTree.Leaf("1")), ("ts", new JsonTree.Leaf("1795491803494")), ("steps", JsonTree.ListOf(ops))));

    [Fact]
    public async Task A_checkpoint_is_remembered_or_refused_with_a_sentence()
    {
        var (taken, refused) = (0, 0);
        await Cases.CheckAsync(
            Gen.Select(Bodies.Of(s_checkpoints), Gen.Frequency((9, Gen.Const("")), (1, AnyText.Any))),
            async input =>
            {
                await using var world = new ExecutorWorld();
                await world.RegisterAsync();
                var run = await world.StartAsync();
                var before = await world.RunAsync(run);
                var id = input.Item2.Length == 0 ? run.Value : Uri.EscapeDataString(Encodable(input.Item2));

                var answer = await world.AskAsync("POST", $"/v1/checkpoint/{id}/async", input.Item1);

                if (answer.IsDone())
                {
                    Interlocked.Increment(ref taken);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                    Assert.Same(before, await world.RunAsync(run));
                }

                Assert.Equal(200, (await world.AskAsync("GET", $"/v1/runs/{run}")).Status);
                Assert.Equal(200, (await world.AskAsync("GET", $"/v0/runs/{run}/actions")).Status);
                await world.WorkAsync(2);
                Assert.False((await world.RunAsync(run)).IsLive);
                Assert.Empty(world.Log.Lines);
            },
            input => $"{Printable.Of(input.Item1)}\nrun: {Printable.Of(input.Item2)}");

        Assert.True(!Cases.AreMany || (taken > 100 && refused > 100), $"{taken} taken, {refused} refused");
    }

    // A path is ASCII; what has no UTF-8 cannot stand in it even escaped.
    private static string Encodable(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
