using System.Text.RegularExpressions;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Simulation.Tests;

/// <summary>What a function gives when nothing goes wrong but what it does wrong itself.</summary>
internal sealed partial class Expected(IReadOnlyDictionary<FunctionId, SimulatedFunction> functions)
{
    /// <summary>What the run of a function ends with.</summary>
    public string Of(FunctionId function) => OutcomeOf(function).Text;

    /// <summary>What a run has ended with, in the same form; the numbers of executions, which faults change, are left out.</summary>
    public static string Of(Run run) => Number().Replace(
        run.Outcome switch
        {
            RunOutcome.Completed completed => completed.Output.ToString(),
            RunOutcome.Failed failed => Failure.FromJson(failed.Error).Message,
            var other => $"{other}",
        },
        "");

    private (bool Failed, string Text) OutcomeOf(FunctionId function)
    {
        var outcome = Outcome(functions[function].Body);
        return outcome.Failed ? outcome : (false, Quoted(outcome.Text));
    }

    private (bool Failed, string Text) Outcome(Node node)
    {
        switch (node)
        {
            case Node.Work work:
                return work.FailsForGood ? (true, $"{work.Id} failed") : (false, $"\"{work.Id}\"");
            case Node.Sleep:
                return (false, "null");
            case Node.WaitForEvent wait:
                return (false, wait.Comes || wait.Timeout >= Workload.Ages ? "event" : "null");
            case Node.Invoke invoke:
                return OutcomeOf(invoke.Function);
            case Node.Any:
                return (false, "any");
            case Node.Try attempt:
                var inner = Outcome(attempt.Body);
                return inner.Failed ? (false, $"caught({inner.Text})") : inner;
            case Node.All all:
                var branches = all.Branches.Select(Outcome).ToList();
                return branches.Find(branch => branch.Failed) is { Failed: true } failed ? failed : (false, $"[{string.Join(',', branches.Select(branch => branch.Text))}]");
            case Node.Sequence sequence:
                var texts = new List<string>();
                foreach (var part in sequence.Parts)
                {
                    var one = Outcome(part);
                    if (one.Failed)
                        return one;

                    texts.Add(one.Text);
                }

                return (false, string.Join(';', texts));
            default:
                throw new InvalidOperationException($"A node of the unknown kind {node.GetType().Name}.");
        }
    }

    public static string Quoted(string text) => CanonicalJson.Canonicalize(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text)).ToString();

    [GeneratedRegex("#[0-9]+")]
    private static partial Regex Number();
}
