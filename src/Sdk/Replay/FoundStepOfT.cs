using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>A found step with the type of its result.</summary>
internal sealed class FoundStep<T>(StepKey key, UserlandId userland, StepJson json, Func<CancellationToken, Task<RawJson>>? body, string? sleepUntil)
    : FoundStep(key, userland)
{
    // Continuations that captured the pump are posted to it; all others (ConfigureAwait(false), WhenAll, WhenAny) run inline, so that the
    // pump knows when everything that follows from a memo has happened. Running continuations asynchronously would lose sight of them.
    private readonly TaskCompletionSource<T> _result = new();

    public Task<T> Result => _result.Task;

    public override Func<CancellationToken, Task<RawJson>>? Body { get; } = body;

    public override Op Report(RawJson opts) => sleepUntil is { } until
        ? new SleepOp { Id = Key, Name = until, DisplayName = Userland.Id, Userland = Userland, Opts = opts, Until = until }
        : new StepPlannedOp { Id = Key, Name = Userland.Id, DisplayName = Userland.Id, Userland = Userland, Opts = opts };

    public override void Deliver(Memo memo)
    {
        try
        {
            if (memo is Memo.Error error)
                _result.SetException(new StepFailedException(Userland.Id, FailureDetails.Read(error.Failure), error.Failure));
            else
                _result.SetResult(json.Read<T>(memo.Content, $"The result of step '{Userland.Id}'"));
        }
        catch (NonRetriableException exception)
        {
            _result.SetException(exception);
        }
    }
}
