using Microsoft.Extensions.Logging;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Errors;
using Stepwell.Sdk.Functions;
using Stepwell.Sdk.Sending;

namespace Stepwell.Sdk.Replay;

/// <summary>
/// Replays a function with the memos of a call until it returns, throws, or stands before steps that have none. It is suspended by never
/// completing what it awaits, not by an exception.
/// </summary>
internal sealed class FunctionReplay(
    Function function, CallInput call, CheckpointSender checkpoints, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
{
    // How long a call for one step looks for it: the time that the other SDKs take.
    private static readonly TimeSpan s_search = TimeSpan.FromSeconds(10);

    // Task.WhenEach and ContinueWith go on through the thread pool; so many rounds of it find their steps practically always.
    // A miss costs a round trip, never a wrong result.
    private const int SettlingRounds = 2;

    private readonly Pump _pump = new();
    private readonly Checkpointing _checkpointing = new(call, checkpoints, time, cancellationToken);

    public async Task<PassResult> RunAsync(IServiceProvider services)
    {
        var pass = new Pass(call, _pump, logger, time, cancellationToken);
        if (call.Target is { } known && call.Memos.ContainsKey(known))
            return new PassResult.Reported([]);

        Task<RawJson> running = null!;
        _pump.Run(() => running = function.BeginAsync(pass, services));
        // What the function awaits of its own may end it on another thread.
        _ = running.ContinueWith(_ => _pump.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        using var search = call.Target is null ? null : new CancellationTokenSource(s_search, time);
        var wentOn = true;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var woken = _pump.Arm();
            if (_pump.Drain())
            {
                wentOn = true;
                if (_pump.Escaped is { } escaped)
                    return new PassResult.Threw(escaped);

                continue;
            }

            if (running.IsCompleted)
                return await EndAsync(pass, running);

            // What went on through the thread pool has its turn before the next memo comes; otherwise the threads would choose the winner
            // of a WhenAny anew at every replay. One step after the other, as most functions are written, needs no such pause.
            if (!(wentOn && pass.Deliverable == 1) && await SettleAsync(woken))
                continue;

            if (pass.DeliverNext())
            {
                wentOn = woken.IsCompleted;
                continue;
            }

            if (await AnswerAsync(pass, woken) is { } answer)
                return answer;

            // A step was run, and the function goes on.
            if (pass.Deliverable > 0)
            {
                wentOn = true;
                continue;
            }

            // It stands before steps, so it has not returned; no need to look for longer.
            if (call.Target == StepKey.Returned && pass.Open.Count > 0)
                return new PassResult.NotFound([.. pass.Open]);

            if (!await WaitAsync(woken, search?.Token ?? CancellationToken.None))
                return new PassResult.NotFound([.. pass.Open]);
        }
    }

    /// <summary>
    /// Gives what goes on through the thread pool the chance to come back; each round queues up behind it (a task without preference for fairness would
    /// overtake it). Returns whether anything came back.
    /// </summary>
    private static async Task<bool> SettleAsync(Task woken)
    {
        for (var round = 0; round < SettlingRounds && !woken.IsCompleted; round++)
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

        return woken.IsCompleted;
    }

    private async Task<PassResult?> AnswerAsync(Pass pass, Task woken)
    {
        var open = pass.Open;
        if (call.Target is { } target)
            return open.FirstOrDefault(step => step.Key == target) is { } wanted ? await RunAsync(pass, wanted, races: true, woken) : null;

        if (open.Count == 0)
            return null;

        pass.WriteLog();
        if (open is [{ Body: not null } only] && !call.PlansOnly)
            return await RunAsync(pass, only, races: false, woken);

        return new PassResult.Reported([.. open.Select(step => step.Report(open.Count > 1 || call.PlansOnly))]);
    }

    /// <summary>Runs a step, or reports the one that the executor does. Returns null when the function goes on with its result.</summary>
    private async Task<PassResult?> RunAsync(Pass pass, FoundStep step, bool races, Task woken)
    {
        if (step.Body is not { } body)
            return new PassResult.Reported([step.Report(races)]);

        var opts = step.Opts(races);
        // In a call of several steps the executor cannot tell when each ran.
        var (startedAt, began) = (time.GetUtcNow(), time.GetTimestamp());
        RawJson data;
        try
        {
            data = await Task.Run(() => pass.RunBodyAsync(step, body), CancellationToken.None);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var error = ErrorJson.Write(exception, step.Userland.Id, call.Attempt);
            return new PassResult.StepThrew(
                call.IsLastAttempt || exception is NonRetriableException
                    ? new StepFailedOp { Id = step.Key, Name = step.Userland.Id, DisplayName = step.Userland.Id, Userland = step.Userland, Opts = opts, Timing = Timing(), Error = error }
                    : new StepErrorOp { Id = step.Key, Name = step.Userland.Id, DisplayName = step.Userland.Id, Userland = step.Userland, Opts = opts, Timing = Timing(), Error = error },
                exception);
        }

        var ran = new StepRunOp { Id = step.Key, Name = step.Userland.Id, DisplayName = step.Userland.Id, Userland = step.Userland, Opts = opts, Timing = Timing(), Data = data };
        if (!_checkpointing.GoesOn || woken.IsCompleted)
            return new PassResult.Reported([ran]);

        if (await _checkpointing.SaveAsync(ran) is { } ended)
            return ended;

        // The function has gone on by itself meanwhile. Later calls deliver the result before whatever that was, so that it is for another call to go on from here.
        if (woken.IsCompleted)
            return new PassResult.Reported([ran]);

        pass.Settle(step, new Memo.Data(data));
        return null;

        OpTiming Timing() => new((startedAt - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, time.GetElapsedTime(began).Ticks * TimeSpan.NanosecondsPerTick);
    }

    private static async Task<PassResult> EndAsync(Pass pass, Task<RawJson> running)
    {
        pass.WriteLog();
        try
        {
            var output = await running;
            return pass.Unreported is [var forgotten, ..]
                ? new PassResult.Threw(new NonRetriableException($"The function returned without awaiting step '{forgotten.Userland.Id}', which it had just started, so that nobody would know whether it ran. Await it, or combine it with Task.WhenAll or Task.WhenAny."))
                : new PassResult.Returned(output);
        }
        catch (Exception exception)
        {
            return new PassResult.Threw(exception);
        }
    }

    /// <summary>The function awaits something of its own. Returns false when the search for a step has taken too long.</summary>
    private async Task<bool> WaitAsync(Task woken, CancellationToken searched)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(searched, cancellationToken);
        try
        {
            await woken.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
