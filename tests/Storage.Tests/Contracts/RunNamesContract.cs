using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Names that people choose, and keys that apps send, are any text.</summary>
public abstract class RunNamesContract
{
    protected abstract IRunStore Runs { get; }

    [Theory]
    [InlineData("a/b#c?d\\e%f")]
    [InlineData("it's \"quoted\" & <tagged> + 100%25")]
    [InlineData("  spaces\tand\r\nlines  ")]
    [InlineData("😀 漢字 שלום é e\u0301 \u2028 \u0000 \u0001 \ufeff")]
    [InlineData("..")]
    public Task Any_text_is_kept_as_a_name(string text) => Runs.AssertKeptAsync(ExampleRuns.Fresh().With(
        ExampleRuns.InState("1", new StepState.Waiting(new Wait.Event(text, text), ExampleRuns.Now, new MessageId(text))) with { Name = text, Op = text },
        ExampleRuns.InState("2", new StepState.Waiting(new Wait.Signal(text, true), ExampleRuns.Now, MessageId.Start)),
        ExampleRuns.InState("3", new StepState.Waiting(new Wait.Child(FunctionId.Parse(text)), ExampleRuns.Now, MessageId.Start))) with
    {
        Function = FunctionId.Parse(text),
        EventId = text,
        Outcome = new RunOutcome.Cancelled(text, ExampleRuns.Now),
    });

    [Fact]
    public Task The_longest_names_are_kept() => Runs.AssertKeptAsync(ExampleRuns.Fresh().With(
        ExampleRuns.InState("1", new StepState.Waiting(new Wait.Event(new string('é', 512), new string('漢', 40_000)), ExampleRuns.Now, MessageId.Start)) with
        {
            Name = string.Concat(Enumerable.Repeat("😀", 20_000)),
        }) with
    {
        Function = FunctionId.Parse(new string('漢', 255)),
        EventId = new string('é', 512),
    });

    [Fact]
    public async Task Steps_of_any_key_are_kept_apart()
    {
        string[] keys =
        [
            "a", "A", "!", "~", "*", "%", "%25", "%2F", "a=b", "(a)", "a,b", "$batch", ".", "..", "a;b", "a:b", "@", "[x]", "{x}", "|", "^", "_",
            "run", "events", "step-", "step-a", new string('x', 128), new string('%', 128),
        ];
        var run = ExampleRuns.Fresh();
        var steps = keys.Select((key, i) => ExampleRuns.Done("any", ExampleRuns.Number(i), i) with { Key = StepKey.Parse(key) }).ToList();

        await Runs.AssertKeptAsync(run.With(steps));

        var read = await Runs.FindAsync(run.Id);
        var changed = read.Run.With(steps.Select((step, i) => ExampleRuns.Done("any", ExampleRuns.Number(-i), i) with { Key = step.Key }));
        await Runs.CommittedAsync(read, changed);
        await Runs.AssertStoredAsync(changed);
        Assert.Equal(keys.Length, changed.Steps.Count);
    }
}
