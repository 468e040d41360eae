using Microsoft.Extensions.Options;

namespace Stepwell.Samples.WaitingList;

/// <summary>One line for each piece of work that was really done: who doubts that no step ran twice can count.</summary>
public sealed class Journal(IOptions<SampleSettings> settings) : IDisposable
{
    private readonly SemaphoreSlim _oneWriter = new(1);

    public async Task WriteAsync(string work, string key, CancellationToken cancellationToken)
    {
        await _oneWriter.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(settings.Value.Journal, $"{work}\t{key}\n", cancellationToken);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    public void Dispose() => _oneWriter.Dispose();
}
