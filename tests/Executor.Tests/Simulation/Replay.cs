using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Simulation;

/// <summary>One pass through a function with the memos that a call carries: either it ends, or it stands before steps without a memo.</summary>
internal sealed class Replay(Run run)
{
    private readonly Dictionary<StepKey, int> _order = run.Stack.Select((key, at) => (key, at)).ToDictionary(step => step.key, step => step.at);

    /// <summary>The steps found that have no memo, in the order of the code.</summary>
    public List<Node> Found { get; } = [];

    public abstract record Result
    {
        public sealed record Value(string Text) : Result;

        public sealed record Error(string Text) : Result;

        public sealed record Blocked : Result;
    }

    public Result Pass(Node node)
    {
        switch (node)
        {
            case Node.Work work:
                return Step(work, work.Id);
            case Node.Sleep sleep:
                return Step(sleep, sleep.Id);
            case Node.Sequence sequence:
                return Sequence(sequence);
            case Node.All all:
                return All([.. all.Branches.Select(Pass)]);
            case Node.Any any:
                return Any(any);
            case Node.Try attempt:
                return Pass(attempt.Body) switch
                {
                    Result.Error error => new Result.Value($"caught({error.Text})"),
                    var other => other,
                };
            default:
                throw new InvalidOperationException();
        }
    }

    public static string IdOf(Node step) => step is Node.Work work ? work.Id : ((Node.Sleep)step).Id;

    private Result Step(Node node, string id)
    {
        if (run.Steps.TryGetValue(StepKey.Hash(id), out var step) && step.State is StepState.Done done)
        {
            return done.Memo is Memo.Error error
                ? new Result.Error(Failure.FromJson(error.Failure).Message)
                : new Result.Value(done.Memo.Content.ToString());
        }

        Found.Add(node);
        return new Result.Blocked();
    }

    private Result Sequence(Node.Sequence sequence)
    {
        var text = new List<string>();
        foreach (var part in sequence.Parts)
        {
            switch (Pass(part))
            {
                case Result.Value value:
                    text.Add(value.Text);
                    break;
                case var other:
                    return other;
            }
        }

        return new Result.Value(string.Join(';', text));
    }

    private static Result All(Result[] results)
    {
        if (results.Any(result => result is Result.Blocked))
            return new Result.Blocked();

        return results.OfType<Result.Error>().FirstOrDefault() is { } error
            ? error
            : new Result.Value($"[{string.Join(',', results.Cast<Result.Value>().Select(value => value.Text))}]");
    }

    /// <summary>The branch that was settled first wins; which one does not show in the value, as faults may change it.</summary>
    private Result Any(Node.Any any)
    {
        var results = any.Branches.Select(Pass).ToArray();
        var winner = any.Branches.Select((branch, at) => (Order: _order.GetValueOrDefault(StepKey.Hash(IdOf(branch)), int.MaxValue), Result: results[at])).MinBy(one => one.Order);
        return winner.Order == int.MaxValue ? new Result.Blocked() : new Result.Value("any");
    }
}
