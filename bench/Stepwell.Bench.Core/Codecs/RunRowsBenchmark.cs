using System.Text.Json;
using Azure.Data.Tables;
using BenchmarkDotNet.Attributes;
using Stepwell.Bench.Core.Examples;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.Azure.Tables;
using Stepwell.Executor.Storage.InMemory;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>A run as the rows of a table, without the table: what Azure's client and the network take comes on top.</summary>
[MemoryDiagnoser]
public class RunRowsBenchmark
{
    private readonly Content _content = new(new InMemoryPayloadStore());

    private RunKeys _keys = null!;
    private RunVersion _version;
    private RunCommit _commit = null!;
    private Run _before = null!;
    private Run _after = null!;
    private List<TableEntity> _rows = [];

    /// <summary>Of the run.</summary>
    [Params(10, 100, 1_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _commit = new RunCommit(new AnsweringTable(), _content);
        _before = ExampleRuns.Sequence(Steps - 1);
        _after = RunDecider.Decide(_before, ExampleRuns.HasRun(_before, Steps - 1), ExampleRuns.Now).Run;
        _keys = RunKeys.New(_after.Id);
        _version = CommitNumbers.First.ToVersion(_keys, "etag");
        _rows = await WriteAsync();
    }

    [Benchmark(Description = "commit a step")]
    public Task<CommitRunOutcome> CommitAsync() => _commit.CommitAsync(_before, _version, _after, CancellationToken.None);

    [Benchmark(Description = "write all rows")]
    public async Task<List<TableEntity>> WriteAsync() => (await _commit.FirstRowsAsync(_after, CancellationToken.None)).Rows;

    /// <summary>As the store reads them: the row of its state, that of its events, and those of the steps.</summary>
    [Benchmark(Description = "read all rows")]
    public async Task<Run> ReadAsync()
    {
        var record = JsonSerializer.Deserialize((await ContentOfAsync(_rows[0])).Span, RowJson.Default.RunRecord)!;
        var events = JsonSerializer.Deserialize((await ContentOfAsync(_rows[1])).Span, RowJson.Default.ListRawJson)!;
        return RunRows.ToRun(_after.Id, record, [.. events], await Task.WhenAll(_rows.Skip(2).Select(ReadStepAsync)));
    }

    private async Task<Step> ReadStepAsync(TableEntity row) =>
        StepRows.ToStep(_keys.StepOf(row.RowKey), JsonSerializer.Deserialize((await ContentOfAsync(row)).Span, RowJson.Default.StepRecord)!);

    private Task<ReadOnlyMemory<byte>> ContentOfAsync(TableEntity row) => _content.GetAsync(row, CancellationToken.None);
}
