using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Tests.World;

/// <summary>Plays the executor for one run: keeps memos, calls each planned step by itself, and lets the function go on after each that is settled.</summary>
internal sealed class TestRun(TestApp app)
{
    private const int MaxCalls = 10_000;

    private readonly List<Settled> _settled = [];
    private readonly List<Op> _pending = [];
    private int _calls;

    /// <summary>Which of so many pending steps is settled next: the first, unless a test says otherwise.</summary>
    public Func<int, int> Next { get; init; } = _ => 0;

    /// <summary>The steps in the order in which they were settled.</summary>
    public string Order => string.Join(", ", _settled.Select(settled => settled.Step));

    public int MaxAttempts { get; init; } = 5;

    /// <summary>Goes on until the function has returned or failed.</summary>
    public async Task<Answer> FinishAsync()
    {
        for (var attempt = 0; ;)
        {
            var answer = await CallAsync(new Call { PlansOnly = _pending.Count > 0, Attempt = attempt });
            if (answer.Status != 206)
            {
                if (answer.NoRetry != "false")
                    return answer;

                attempt++;
                continue;
            }

            var retried = Take(answer.Ops);
            attempt = retried ? attempt + 1 : 0;
            if (!retried && answer.Ops is not [StepRunOp or StepFailedOp])
                await SettleNextAsync();
        }
    }

    private async Task SettleNextAsync()
    {
        if (_pending.Count == 0)
            throw new InvalidOperationException("The function stands still, and no step is pending.");

        var next = _pending[Next(_pending.Count)];
        if (next is SleepOp)
        {
            Settle(next, "null");
            return;
        }

        for (var attempt = 0; _pending.Contains(next); attempt++)
            Take((await CallAsync(new Call { Step = Answer.NameOf(next), PlansOnly = true, Attempt = attempt })).Ops);
    }

    /// <summary>Takes what was reported; true when it is a step to be tried again.</summary>
    private bool Take(IReadOnlyList<Op> ops)
    {
        var retried = false;
        foreach (var op in ops)
        {
            if (op is StepRunOp done)
                Settle(op, $"{{\"data\":{done.Data}}}");
            else if (op is StepFailedOp failed)
                Settle(op, $"{{\"error\":{failed.Error}}}");
            else if (op is StepErrorOp)
                retried = true;
            else if (_pending.All(known => known.Id != op.Id) && _settled.All(known => known.Step != Answer.NameOf(op)))
                _pending.Add(op);
        }

        return retried;
    }

    private void Settle(Op op, string memo)
    {
        _settled.Add(new Settled(Answer.NameOf(op), memo));
        _pending.RemoveAll(known => known.Id == op.Id);
    }

    private Task<Answer> CallAsync(Call call) => ++_calls <= MaxCalls
        ? app.CallAsync(call with { Settled = [.. _settled], MaxAttempts = MaxAttempts })
        : throw new InvalidOperationException($"The run has not ended after {MaxCalls} calls.");
}
