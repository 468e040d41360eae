using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Stepwell.Samples.WaitingList;

public sealed class SampleDatabase
{
    private readonly string _connectionString;

    public SampleDatabase(IOptions<SampleSettings> settings)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = settings.Value.Database }.ToString();
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS invites (run_id TEXT, email TEXT, code TEXT NOT NULL, PRIMARY KEY (run_id, email));
            CREATE TABLE IF NOT EXISTS greylist (sender TEXT PRIMARY KEY);
            CREATE TABLE IF NOT EXISTS products (sku TEXT PRIMARY KEY, name TEXT NOT NULL, price TEXT NOT NULL);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement; its parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public Task<int> ExecuteAsync(string sql, string[] parameters, CancellationToken cancellationToken) =>
        WithCommandAsync(sql, parameters, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    /// <summary>Runs one query and returns its first value.</summary>
    public async Task<string> ReadTextAsync(string sql, string[] parameters, CancellationToken cancellationToken) =>
        (string)(await WithCommandAsync(sql, parameters, command => command.ExecuteScalarAsync(cancellationToken), cancellationToken))!;

    private async Task<T> WithCommandAsync<T>(
        string sql, string[] parameters, Func<SqliteCommand, Task<T>> use, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (index, value) in parameters.Index())
            command.Parameters.AddWithValue($"${index + 1}", value);
        return await use(command);
    }
}
