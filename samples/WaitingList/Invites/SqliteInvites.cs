using System.Security.Cryptography;

namespace Stepwell.Samples.WaitingList;

public sealed class SqliteInvites(SampleDatabase database, Journal journal) : IInvites
{
    private const string Readable = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public async Task<string> CreateAsync(string runId, string email, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            "INSERT INTO invites (run_id, email, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [runId, email, RandomNumberGenerator.GetString(Readable, 8)],
            cancellationToken);
        await journal.WriteAsync("create-invite-code", $"{runId}/{email}", cancellationToken);
        return await database.ReadTextAsync(
            "SELECT code FROM invites WHERE run_id = $1 AND email = $2", [runId, email], cancellationToken);
    }
}
