using System.Collections.Concurrent;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>An app in the same process, whose calls are written down when they begin and when they are answered or broken off.</summary>
internal sealed class RecordedCalls(Journal journal) : IAppCalls
{
    private int _underWay;
    private int _most;

    /// <summary>What the app answers.</summary>
    public Func<AppCall, CancellationToken, Task<AppAnswer>> Answer { get; set; } = (_, _) => Task.FromResult(Answers.Returned("null"));

    public ConcurrentQueue<AppCall> Made { get; } = new();

    /// <summary>The most calls that were under way at a time.</summary>
    public int MostAtATime => _most;

    public async Task<AppAnswer> CallAsync(AppCall call, CancellationToken cancellationToken)
    {
        Made.Enqueue(call);
        var underWay = Interlocked.Increment(ref _underWay);
        InterlockedMax(underWay);
        journal.Write("call");
        try
        {
            await Task.Yield();
            var answer = await Answer(call, cancellationToken);
            journal.Write("answer");
            return answer;
        }
        catch (OperationCanceledException)
        {
            journal.Write("broken off");
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void InterlockedMax(int value)
    {
        for (var most = _most; value > most; most = _most)
            Interlocked.CompareExchange(ref _most, value, most);
    }
}
