using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Lets something go wrong at one request that a test chooses. Requests before and after it are sent as they are.</summary>
internal sealed class Faults : AsyncPolicy
{
    private readonly Lock _lock = new();
    private Plan? _plan;

    /// <summary>Whether the chosen request came.</summary>
    public bool HasHappened
    {
        get
        {
            lock (_lock)
                return _plan is null;
        }
    }

    /// <summary>The request takes effect, but the answer never comes; the client library tries again.</summary>
    public void LoseAnswer(Predicate<Request> which, int number = 1) => At(which, number, async send =>
    {
        await send();
        throw new IOException("The connection was closed before the answer came.");
    });

    /// <summary>The process dies before it sends the request.</summary>
    public void CrashBefore(Predicate<Request> which, int number = 1) => At(which, number, _ => throw new CrashException());

    /// <summary>The process dies after the request took effect and before it knows.</summary>
    public void CrashAfter(Predicate<Request> which, int number = 1) => At(which, number, async send =>
    {
        await send();
        throw new CrashException();
    });

    /// <summary>The request is refused.</summary>
    public void Refuse(Predicate<Request> which, Exception refusal) => At(which, 1, _ => throw refusal);

    /// <summary>Something else happens before the request is sent.</summary>
    public void Before(Predicate<Request> which, int number, Func<Task> happens) => At(which, number, async send =>
    {
        await happens();
        await send();
    });

    /// <summary>A request that writes several rows.</summary>
    public static bool IsTransaction(Request request) => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);

    /// <summary>A request that writes one row or several, whichever way.</summary>
    public static bool IsRowWrite(Request request) => IsTransaction(request) || (request.Method != RequestMethod.Get && request.Uri.Path.Contains("(PartitionKey", StringComparison.Ordinal));

    public static bool IsBlobWrite(Request request) => request.Method == RequestMethod.Put && request.Headers.Contains("x-ms-blob-type");

    public static bool IsQueueDelete(Request request) => request.Method == RequestMethod.Delete && request.Uri.Path.Contains("/messages/", StringComparison.Ordinal);

    public static bool IsQueuePut(Request request) => request.Method == RequestMethod.Post && request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Func<Task> send = () => ProcessNextAsync(message, pipeline).AsTask();
        await (Take(message.Request) is { } act ? act(send) : send());
    }

    private void At(Predicate<Request> which, int number, Func<Func<Task>, Task> act)
    {
        lock (_lock)
            _plan = new Plan(which, number, act);
    }

    private Func<Func<Task>, Task>? Take(Request request)
    {
        lock (_lock)
        {
            if (_plan is null || !_plan.Which(request))
                return null;

            var (_, number, act) = _plan;
            _plan = number > 1 ? _plan with { Number = number - 1 } : null;
            return number > 1 ? null : act;
        }
    }

    private sealed record Plan(Predicate<Request> Which, int Number, Func<Func<Task>, Task> Act);
}
