using Stepwell.Executor.Ports;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Values too large for a row.</summary>
public abstract class PayloadStoreContract
{
    protected abstract IPayloadStore Payloads { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(9 * 1024 * 1024)]
    public async Task A_payload_of_any_size_is_read_byte_for_byte(int bytes)
    {
        var content = Bytes(bytes);

        await Payloads.WriteAsync("run/a", content, CancellationToken.None);

        await AssertStoredAsync("run/a", content);
    }

    [Fact]
    public async Task What_was_never_written_is_not_found()
    {
        Assert.IsType<ReadPayloadOutcome.NotFound>(await Payloads.ReadAsync("run/a", CancellationToken.None));
        await Payloads.WriteAsync("run/a", Bytes(10), CancellationToken.None);

        foreach (var key in new[] { "run", "run/b", "run/a/b", "run/A", "ru/na" })
            Assert.IsType<ReadPayloadOutcome.NotFound>(await Payloads.ReadAsync(key, CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_is_removed_and_nothing_beside_it()
    {
        var content = Bytes(10);
        await Payloads.RemoveAsync("run/", CancellationToken.None);
        foreach (var key in new[] { "run/a", "run/b/c", "run1/a", "other/run/a" })
            await Payloads.WriteAsync(key, content, CancellationToken.None);

        await Payloads.RemoveAsync("run/", CancellationToken.None);

        foreach (var key in new[] { "run/a", "run/b/c" })
            Assert.IsType<ReadPayloadOutcome.NotFound>(await Payloads.ReadAsync(key, CancellationToken.None));

        foreach (var key in new[] { "run1/a", "other/run/a" })
            await AssertStoredAsync(key, content);
    }

    [Fact]
    public async Task Writing_the_same_again_is_no_error_also_at_the_same_time()
    {
        var content = Bytes(100_000);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Payloads.WriteAsync("run/a", content, CancellationToken.None))));
        await Payloads.WriteAsync("run/a", content, CancellationToken.None);

        await AssertStoredAsync("run/a", content);
    }

    [Fact]
    public async Task Keys_are_kept_apart()
    {
        string[] keys = ["a", "A", "a-b", "a.b", "a/b", "a/b/c", "ab/c", "0", $"{new string('k', 255)}/{new string('k', 256)}"];
        foreach (var (at, key) in keys.Index())
            await Payloads.WriteAsync(key, Bytes(at + 1), CancellationToken.None);

        foreach (var (at, key) in keys.Index())
            await AssertStoredAsync(key, Bytes(at + 1));
    }

    [Fact]
    public async Task What_the_writer_does_with_its_memory_afterwards_changes_nothing()
    {
        var content = Bytes(1_000);
        await Payloads.WriteAsync("run/a", content, CancellationToken.None);

        Array.Clear(content);

        await AssertStoredAsync("run/a", Bytes(1_000));
    }

    private async Task AssertStoredAsync(string key, byte[] expected)
    {
        var found = Assert.IsType<ReadPayloadOutcome.Found>(await Payloads.ReadAsync(key, CancellationToken.None));
        Assert.True(found.Content.Span.SequenceEqual(expected), $"{found.Content.Length} bytes were read and {expected.Length} written, or they differ.");
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
