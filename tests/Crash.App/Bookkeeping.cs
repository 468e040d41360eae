using System.Security.Cryptography;
using System.Text;

namespace Stepwell.Crash.App;

/// <summary>Runs steps of one run that tell the ledger what they do, and notes the results as the function sees them.</summary>
/// <remarks>Bodies do not mind that their call is broken off: as bodies do that are in the middle of something, they go on to their end.</remarks>
public sealed class Bookkeeping(string function, RunContext<Order> run, Step step, CallLedger ledger)
{
    // Hexadecimal digits are compressed to half their length, and beyond 60 KiB a result is no longer kept in its row.
    private const int ParcelBytes = 100_000;

    private readonly List<Seen> _seen = [];
    private readonly Dictionary<string, int> _found = [];

    /// <summary>A step that gives a value.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="value">What it gives.</param>
    /// <param name="failures">So many attempts fail first.</param>
    public async Task<int> WorkAsync(string id, int value, int failures = 0)
    {
        var name = NameOf(id);
        var gift = await step.RunAsync(id, async () =>
        {
            await BeginAsync(name);
            if (run.Attempt < failures)
                throw new InvalidOperationException($"attempt {run.Attempt} is meant to fail");

            var given = new Gift(value, Guid.NewGuid().ToString("N"));
            Write(LedgerMark.Gives, name, given.Nonce);
            return given;
        });
        See(name, gift.Nonce);
        return gift.Value;
    }

    /// <summary>A step that gives much more than a row holds.</summary>
    public async Task<int> CarryAsync(string id, int value)
    {
        var name = NameOf(id);
        var parcel = await step.RunAsync(id, async () =>
        {
            await BeginAsync(name);
            var content = RandomNumberGenerator.GetHexString(ParcelBytes * 2, lowercase: true);
            Write(LedgerMark.Gives, name, Seal(content));
            return new Parcel(value, content);
        });
        See(name, Seal(parcel.Content));
        return parcel.Value;
    }

    /// <summary>A step that fails each time.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="error">What it fails with.</param>
    public Task FailAsync(string id, Exception error)
    {
        var name = NameOf(id);
        return step.RunAsync(id, async () =>
        {
            await BeginAsync(name);
            throw error;
        });
    }

    public Outcome Outcome(int value) => new(value, [.. _seen]);

    // It takes a while, so that processes die in the middle of it.
    private async Task BeginAsync(string name)
    {
        Write(LedgerMark.Starts, name, "");
        await Task.Delay(Random.Shared.Next(5, 60));
    }

    private void See(string name, string nonce)
    {
        _seen.Add(new Seen(name, nonce));
        Write(LedgerMark.Sees, name, nonce);
    }

    private void Write(LedgerMark mark, string name, string nonce) => ledger.Write(mark, function, run.Event.Data, run.RunId, name, nonce);

    private string NameOf(string id)
    {
        var number = _found[id] = _found.GetValueOrDefault(id) + 1;
        return number == 1 ? id : $"{id} {number}";
    }

    private static string Seal(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
