using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Runs;

/// <summary>
/// Five branches side by side, one of which goes on with a second step: whatever the order in which they are settled, and wherever between them the answer
/// of a discovery comes, the run ends in the same state, and each fact may come twice.
/// </summary>
public sealed class ArrivalOrderTests
{
    private static readonly string[] s_branches = ["step", "failing", "sleep", "event"];

    private static readonly string[] s_arrivals = [.. s_branches, "answer"];

    public static TheoryData<string, string> Orders()
    {
        var data = new TheoryData<string, string>();
        foreach (var manner in new[] { "version 1", "version 2", "race" })
        {
            foreach (var order in Permutations(s_arrivals))
                data.Add(manner, string.Join(' ', order));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_order_of_arrival_ends_in_one_state(string manner, string order)
    {
        var app = new Branches(manner);
        var story = RunStory.Given().Speaking(app.Version);
        app.Answer(story, story.Run);
        Assert.Equal(s_branches.Length, story.Run.Steps.Count);
        story.After(TimeSpan.FromHours(1));

        // A call carries the state in which it began; its answer may come any time later.
        Run? called = null;
        foreach (var arrival in order.Split(' '))
        {
            if (arrival != "answer")
                Twice(story, () => Settle(story, arrival));
            else if (called is not null)
                app.Answer(story, called);

            called = story.Run.Discovery is null ? null : called?.Discovery?.Number == story.Run.Discovery.Number ? called : story.Run;
        }

        var executions = 0;
        for (var calls = 0; story.Run.IsLive; calls++)
        {
            Assert.True(calls < 8, $"The run goes round in circles: {story.Run}");
            if (called is not null)
                app.Answer(story, called);
            else
                executions += Twice(story, () => Settle(story, "second"));

            called = story.Run.Discovery is null ? null : story.Run;
        }

        story.ThenCompleted("\"all\"")
            .ThenDone("step", """{"data":1}""")
            .ThenFailed("failing", "Error", "broken")
            .ThenDone("sleep", "null")
            .ThenDone("event", """{"name":"e"}""")
            .ThenDone("second", """{"data":2}""");
        Assert.Equal(order.Split(' ').Where(arrival => arrival != "answer"), story.Run.Stack.Select(key => story.Run.Steps[key].Name).Where(name => name != "second"));
        Assert.Equal(1, executions + app.Executions);
        Assert.InRange(story.Run.Discoveries, 2, manner == "version 2" ? 3 : 7);
        Assert.Equal(5, story.Run.Steps.Count);
    }

    private static RunStory Settle(RunStory story, string branch) => branch switch
    {
        "step" => story.WhenStepReturned(new CallKey(Reported.Key("step"), 0, 0, 0), Reported.Ran("step", "1")),
        "failing" => story.WhenStepReturned(new CallKey(Reported.Key("failing"), 0, 0, 0), Reported.Failed("failing")),
        "sleep" => story.WhenWoke("sleep"),
        "event" => story.WhenMatched("event", """{"name":"e"}"""),
        _ => story.WhenStepReturned(new CallKey(Reported.Key("second"), 0, 0, 0), Reported.Ran("second", "2")),
    };

    /// <summary>Lets a fact happen that has an effect, and then once more. Returns how often it happened in truth: the second is a copy.</summary>
    private static int Twice(RunStory story, Func<RunStory> happens)
    {
        happens();
        Assert.NotSame(story.Before, story.Run);
        happens().ThenNothingChanged();
        return 1;
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((first, at) => Permutations([.. items[..at], .. items[(at + 1)..]]).Select(rest => (string[])[first, .. rest]));

    /// <summary>The app: it reports the branches that have no memo in what a call carried, and after the memo of the first branch its second step.</summary>
    private sealed class Branches(string manner)
    {
        private readonly bool _race = manner == "race";

        public int Version => manner == "version 1" ? 1 : 2;

        /// <summary>How often the second step was run inside a discovery.</summary>
        public int Executions { get; private set; }

        public void Answer(RunStory story, Run called)
        {
            var call = new CallKey(called.Discovery!.Key, called.Discovery.Number, called.Discovery.Attempt, called.Stack.Count, called.Discovery.Dispatch);
            var found = Missing(called).ToList();
            if (found.Count == 0)
            {
                story.WhenFunctionReturned(call, "\"all\"");
                return;
            }

            if (called.Discovery.AsksForEnd)
            {
                story.WhenCallFailed(call);
                return;
            }

            if (found is [StepPlannedOp { Name: "second" }] && !called.ImmediateExecutionOff)
            {
                Executions++;
                found = [Reported.Ran("second", "2")];
            }

            Twice(story, () => story.WhenFound(call, [.. found]));
        }

        private IEnumerable<Op> Missing(Run called)
        {
            if (!Has(called, "step"))
                yield return Reported.Planned("step", _race);
            else if (!Has(called, "second"))
                yield return Reported.Planned("second", _race);
            if (!Has(called, "failing"))
                yield return Reported.Planned("failing", _race);
            if (!Has(called, "sleep"))
                yield return Reported.Sleep("sleep", "1h", _race);
            if (!Has(called, "event"))
                yield return Reported.WaitForEvent("event", "e", "2h", race: _race);
        }

        private static bool Has(Run called, string step) => called.Stack.Contains(Reported.Key(step));
    }
}
