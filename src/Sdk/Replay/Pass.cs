using Microsoft.Extensions.Logging;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>One pass through a function: the steps it came to, and the memos it was given.</summary>
internal sealed class Pass
{
    private static readonly AsyncLocal<bool> s_insideStep = new();

    private readonly Lock _lock = new();
    private readonly Pump _pump;
    private readonly List<FoundStep> _open = [];
    private readonly HashSet<StepKey> _keys = [];
    private readonly Dictionary<string, int> _repetitions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(FoundStep Step, Memo Memo), int> _deliverable = new();
    private readonly Dictionary<StepKey, int> _order;
    private readonly ReplayLogger _logger;
    private int _delivered;
    private int _settledHere;

    public Pass(CallInput call, Pump pump, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        Call = call;
        Time = time;
        _pump = pump;
        CancellationToken = cancellationToken;
        _logger = new ReplayLogger(logger, () => Logging);
        _order = new Dictionary<StepKey, int>(call.Order.Count);
        foreach (var key in call.Order)
            _order.TryAdd(key, _order.Count);

        // An SDK server may send memos without their order; then any order will do.
        foreach (var key in call.Memos.Keys)
            _order.TryAdd(key, _order.Count);
    }

    public CallInput Call { get; }

    public TimeProvider Time { get; }

    public ILogger Logger => _logger;

    public CancellationToken CancellationToken { get; }

    // Until the last memo was delivered the function only repeats what it did in earlier calls; a step's body never does.
    private LoggingMode Logging =>
        s_insideStep.Value ? LoggingMode.Written
        : Call.Target is not null ? LoggingMode.Silent
        : Volatile.Read(ref _delivered) < Call.Memos.Count + Volatile.Read(ref _settledHere) ? LoggingMode.HeldBack
        : LoggingMode.Written;

    /// <summary>The steps without a memo, in the order in which they were found.</summary>
    public IReadOnlyList<FoundStep> Open
    {
        get
        {
            lock (_lock)
                return [.. _open];
        }
    }

    /// <summary>Steps that no earlier call can have reported: found after the last memo was delivered.</summary>
    public IReadOnlyList<FoundStep> Unreported => [.. Open.Where(step => step.FoundAfter == _delivered)];

    /// <summary>Records a step that the function came to.</summary>
    public Task<T> Find<T>(string id, StepKind<T> kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (s_insideStep.Value)
            throw new NonRetriableException($"Step '{id}' was started inside the body of another step. A step's body is run as one piece; start the step after it, in the function itself.");

        FoundStep<T> step;
        lock (_lock)
        {
            var (key, index) = NextKey(id);
            step = new FoundStep<T>(key, new UserlandId(id, index == 0 ? null : index), kind) { FoundAfter = _delivered };
            if (Call.Memos.TryGetValue(key, out var memo) && memo is not Memo.Input)
            {
                _deliverable.Enqueue((step, memo), _order[key]);
            }
            else
            {
                step.Flow = ExecutionContext.Capture();
                _open.Add(step);
            }
        }

        _pump.Wake();
        return step.Result;
    }

    /// <summary>The function has come as far as it does in this call: what it logged since the last memo is written.</summary>
    public void WriteLog() => _logger.Write();

    /// <summary>How many memos of steps found so far wait to be delivered.</summary>
    public int Deliverable
    {
        get
        {
            lock (_lock)
                return _deliverable.Count;
        }
    }

    /// <summary>Delivers the memo that was settled first among those of the steps found so far; false when there is none.</summary>
    public bool DeliverNext()
    {
        (FoundStep Step, Memo Memo) next;
        lock (_lock)
        {
            if (!_deliverable.TryDequeue(out next, out _))
                return false;

            _delivered++;
        }

        _logger.Forget();
        Pump.RunBare(() => next.Step.Deliver(next.Memo));
        return true;
    }

    /// <summary>Settles an open step in this very pass, last of all so far: its memo is delivered as if a call had brought it.</summary>
    public void Settle(FoundStep step, Memo memo)
    {
        lock (_lock)
        {
            _open.Remove(step);
            _settledHere++;
            _order[step.Key] = _order.Count;
            _deliverable.Enqueue((step, memo), _order[step.Key]);
        }
    }

    /// <summary>Runs a step's body with the async locals of the place where the step was started, but without the function's scheduling.</summary>
    public Task<RawJson> RunBodyAsync(FoundStep step, Func<CancellationToken, Task<RawJson>> body)
    {
        if (step.Flow is not { } flow)
            return InsideStepAsync(body);

        Task<RawJson> running = null!;
        ExecutionContext.Run(flow, _ => running = InsideStepAsync(body), null);
        return running;
    }

    private async Task<RawJson> InsideStepAsync(Func<CancellationToken, Task<RawJson>> body)
    {
        s_insideStep.Value = true;
        return await body(CancellationToken);
    }

    private (StepKey Key, int Index) NextKey(string id)
    {
        var index = _repetitions.GetValueOrDefault(id);
        var key = StepKey.Hash(id, index);
        // Somebody may have named a step "same:1" himself.
        while (!_keys.Add(key))
            key = StepKey.Hash(id, ++index);

        _repetitions[id] = index + 1;
        return (key, index);
    }
}
