using System.Xml;
using CsCheck;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;
using Stepwell.Protocol.Ids;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever stands in the work queue: it is taken away with a reason, or is a message, and a run beside it ends as it would have.</summary>
public class QueueMessageTests
{
    private const string ThisRun = "this run";

    private static readonly Gen<JsonTree> s_messages = Gen.Select(
        Gen.OneOf("0", "1", "1", "1", "1", "1", "2", "-1"),
        Gen.OneOf(MessageId.Numbered(0).Value, MessageId.Numbered(3).Value, MessageId.Granted.Value, "x"),
        Gen.OneOf(ThisRun, ThisRun, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "no run"),
        Gen.OneOf(StepKey.Discovery.Value, StepKey.Hash("a").Value, StepKey.Deadline.Value, StepKey.Cancellation.Value, StepKey.Returned.Value, "a/b").Array[0, 3],
        Gen.OneOf<JsonTree?>(null, new JsonTree.Leaf("true")),
        (version, id, run, items, fresh) => JsonTree.Of(
            ("v", new JsonTree.Leaf(version)), ("id", JsonTree.Of(id)), ("run", JsonTree.Of(run)), ("items", JsonTree.ListOf(items.Select(JsonTree.Of))), ("fresh", fresh)));

    private static readonly Gen<JsonTree> s_starts = Gen.Select(
        Gen.OneOf("0", "1", "1", "1", "2"),
        Gen.OneOf(ThisRun, ThisRun, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "no run", "").Array[0, 5],
        (version, runs) => JsonTree.Of(("v", new JsonTree.Leaf(version)), ("starts", JsonTree.ListOf(runs.Select(JsonTree.Of)))));

    private static readonly Gen<string> s_texts = Gen.Frequency(
        (1, s_starts.Select(tree => tree.ToString())),
        (1, Bodies.Mutated(s_starts).Select(tree => tree.ToString())),
        (2, s_messages.Select(tree => tree.ToString())),
        (4, Bodies.Mutated(s_messages).Select(tree => tree.ToString())),
        (2, AnyText.Mutated(s_messages.Select(tree => tree.ToString()))),
        (1, AnyJson.Any.Select(tree => tree.ToString())),
        (1, AnyText.Any));

    [Fact]
    public async Task A_message_of_any_text_is_handled_or_dropped_for_a_reason_and_harms_no_run() => await Cases.CheckAsync(
        s_texts,
        async text =>
        {
            await using var world = new ExecutorWorld();
            await world.RegisterAsync();
            var run = await world.StartAsync();
            var asleep = false;
            world.Answer = () =>
            {
                var next = asleep ? ExecutorWorld.Returned : ExecutorWorld.Sleeps;
                asleep = true;
                return next;
            };
            await world.WorkAsync(1);
            var before = await world.RunAsync(run);
            var body = Carried(text.Replace(ThisRun, run.Value, StringComparison.Ordinal));
            await world.Storage.Queue.SendAsync(0, body, TimeSpan.Zero, CancellationToken.None);

            await world.WorkAsync(1);

            if (!WorkMessageText.TryRead(body, out _, out var problem) && !WorkMessageText.TryReadStarts(body, out _))
            {
                Assert.False(string.IsNullOrWhiteSpace(problem));
                Assert.Contains(problem, Assert.Single(world.Log.Lines).Text, StringComparison.Ordinal);
                Assert.Equal(1, world.Storage.Queue.Count);
                Assert.Same(before, await world.RunAsync(run));
            }

            await world.WorkAsync(8);
            Assert.Equal(RunStatus.Completed, (await world.RunAsync(run)).StatusAt(world.Time.GetUtcNow()));
            Assert.Equal(0, world.Storage.Queue.Count);
        },
        Printable.Of);

    [Fact]
    public async Task A_message_that_the_queue_gave_up_fails_no_run_but_its_own() => await Cases.CheckAsync(
        s_texts,
        async text =>
        {
            await using var world = new ExecutorWorld();
            await world.RegisterAsync();
            var run = await world.StartAsync();
            var body = text.Replace(ThisRun, run.Value, StringComparison.Ordinal);

            await world.Get<GiveUpMessage>().HandleAsync("m", body, CancellationToken.None);

            var isOfTheRun = WorkMessageText.TryRead(body, out var message, out _) && message.Run == run;
            Assert.Equal(isOfTheRun, (await world.RunAsync(run)).Outcome is RunOutcome.Failed);
            Assert.NotEqual(WorkMessageText.TryReadStarts(body, out _), !world.Log.Lines.IsEmpty);
        },
        Printable.Of);

    /// <summary>The text with a blank for what a queue does not carry.</summary>
    private static string Carried(string text)
    {
        var carried = string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\r' || (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value)) ? " " : rune.ToString()));
        return carried.Length == 0 ? " " : carried;
    }
}
