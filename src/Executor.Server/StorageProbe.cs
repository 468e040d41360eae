using Stepwell.Executor.Hosting;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>Asks the storage once before anything is served: a wrong key or address is told at start, in a sentence, and not in the log of every request.</summary>
internal static class StorageProbe
{
    // The last of the tries for a managed identity's token comes half a minute after the first; what it fails with is the better reason.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the storage; null when it answers.</summary>
    public static async Task<string?> FindProblemAsync(IServiceProvider services, StorageSettings storage, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_patience);
        try
        {
            await services.GetRequiredService<ILiveIndex>().DueAsync(DateTimeOffset.UnixEpoch, 1, deadline.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{Name(storage)} has not answered within {s_patience.TotalSeconds} seconds.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return $"{Name(storage)} cannot be used: {FirstLine(exception)}";
        }
    }

    private static string Name(StorageSettings storage) => storage switch
    {
        StorageSettings.Account account => $"The storage account '{account.Name}' of {Setting.StorageAccount.Option}",
        _ => $"The storage account of {Setting.Storage.Option}",
    };

    // Of an exception that gathers those of several tries, the last one says it all.
    private static string FirstLine(Exception exception)
    {
        var cause = exception is AggregateException { InnerExceptions: [.., var last] } ? last : exception;
        return cause.Message.Split('\n', 2)[0].TrimEnd();
    }
}
