using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Simulation.Tests;

/// <summary>One pass through a function with the memos that a call carries: either it ends, or it stands before steps without a memo.</summary>
internal sealed class Replay(Run run)
{
    private readonly Dictionary<StepKey, int> _order = run.Stack.Select((key, at) => (key, at)).ToDictionary(step => step.key, step => step.at);

    /// <summary>The steps found that have no memo, in the order of the code.</summary>
    public List<Node.Step> Found { get; } = [];

    public abstract record Result
    {
        public sealed record Value(string Text) : Result;

        public sealed record Error(string Text) : Result;

        public sealed record Blocked : Result;
    }

    public Result Pass(Node node) => node switch
    {
        Node.Step step => Step(step),
        Node.Sequence sequence => Sequence(sequence),
        Node.All all => All([.. all.Branches.Select(Pass)]),
        Node.Any any => Any(any),
        Node.Try attempt => Pass(attempt.Body) is Result.Error error ? new Result.Value($"caught({error.Text})") : Pass(attempt.Body),
        _ => throw new InvalidOperationException(),
    };

    private Result Step(Node.Step node)
    {
        if (run.Steps.TryGetValue(StepKey.Hash(node.Id), out var step) && step.State is StepState.Done done)
        {
            if (done.Memo is Memo.Error error)
                return new Result.Error(Failure.FromJson(error.Failure).Message);

            var text = done.Memo.Content.ToString();
            return new Result.Value(node is Node.WaitForEvent && text != "null" ? "event" : text);
        }

        if (!Found.Contains(node))
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
        var winner = any.Branches.Min(branch => _order.GetValueOrDefault(StepKey.Hash(branch.Id), int.MaxValue));
        return results.Length == 0 || winner == int.MaxValue ? new Result.Blocked() : new Result.Value("any");
    }
}
