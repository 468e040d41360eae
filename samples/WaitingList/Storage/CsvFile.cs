using CsvHelper;

namespace Stepwell.Samples.WaitingList;

public static class CsvFile
{
    /// <summary>Reads all rows. A file that is missing or malformed stays so: no retry will help.</summary>
    /// <exception cref="NonRetriableException">The file cannot be read; the message names the file and the row.</exception>
    public static async Task<List<T>> ReadAsync<T>(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var csv = CsvReader.FromFile(path);
            return await csv.GetRecordsAsync<T>(cancellationToken).ToListAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or CsvFormatException)
        {
            throw new NonRetriableException($"Cannot read {path}: {e.Message}", e);
        }
    }
}
