using Microsoft.Extensions.Options;

namespace Stepwell.Samples.WaitingList;

public sealed class CsvWaitingList(IOptions<SampleSettings> settings, Journal journal) : IWaitingList
{
    public async Task<IReadOnlyList<SignUp>> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var people = await CsvFile.ReadAsync<SignUp>(settings.Value.SignUps, cancellationToken);
        await journal.WriteAsync("read-waiting-list", $"{from:O}/{until:O}", cancellationToken);
        return [.. people
            .Where(person => from <= person.SignedUp && person.SignedUp < until)
            .DistinctBy(person => person.Email, StringComparer.OrdinalIgnoreCase)];
    }
}
