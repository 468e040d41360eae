using System.Buffers;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Sdk.Replay;

/// <summary>A found step with the type of its result.</summary>
internal sealed class FoundStep<T>(StepKey key, UserlandId userland, StepKind<T> kind) : FoundStep(key, userland)
{
    // Continuations that captured the pump are posted to it; all others (ConfigureAwait(false), WhenAll, WhenAny) run inline, so that the
    // pump knows when everything that follows from a memo has happened. Running continuations asynchronously would lose sight of them.
    private readonly TaskCompletionSource<T> _result = new();

    public Task<T> Result => _result.Task;

    public override Func<CancellationToken, Task<RawJson>>? Body => kind.Body;

    public override Op Report(bool races) => kind.Op(Key, Userland, Opts(races));

    public override RawJson Opts(bool races)
    {
        if (!races && kind.Opts is null)
            return RawJson.Null;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            // Marked so, the function goes on as soon as one of its parallel steps is settled, as Task.WhenAny and chains expect.
            if (races)
                writer.WriteString("parallelMode", "race");

            kind.Opts?.Invoke(writer);
            writer.WriteEndObject();
        }

        return new RawJson(buffer.WrittenMemory);
    }

    public override void Deliver(Memo memo)
    {
        try
        {
            if (memo is Memo.Error error)
                _result.SetException(kind.Failed(Userland.Id, FailureDetails.Read(error.Failure), error.Failure));
            else
                _result.SetResult(kind.Read(memo.Content, $"The result of step '{Userland.Id}'"));
        }
        catch (NonRetriableException exception)
        {
            _result.SetException(exception);
        }
    }
}
