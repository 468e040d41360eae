namespace Stepwell.Samples.WaitingList;

/// <summary>
/// Mail servers like to turn an unknown sender away once, and to accept it when it comes back: so does this one, and
/// the first mail of every run fails at its first attempt.
/// </summary>
public sealed class Greylist(SampleDatabase database)
{
    public async Task AdmitAsync(string sender, CancellationToken cancellationToken)
    {
        var added = await database.ExecuteAsync(
            "INSERT INTO greylist (sender) VALUES ($1) ON CONFLICT DO NOTHING", [sender], cancellationToken);
        if (added > 0)
            throw new RetryAfterException("451 Greylisted, please come back in 2 seconds", TimeSpan.FromSeconds(2));
    }
}
