using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>
/// A compatibility endpoint: three queries that tools around the public SDKs send to the reference server, told apart by the field they ask for, their one
/// variable taken as its argument. Every member is answered, asked for or not.
/// </summary>
public sealed class GraphQlEndpoint(IRunStore runs, IEventStore events, TimeProvider time) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/v0/gql";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (query, argument) = Read(call.Request.Body);
        if (query.Contains("runTraceSpanOutputByID(", StringComparison.Ordinal))
            return Answer("runTraceSpanOutputByID", await FindAsync(argument, cancellationToken), WriteOutput);

        if (query.Contains("run(runID", StringComparison.Ordinal))
            return Answer("run", await FindAsync(argument, cancellationToken), WriteRun);

        if (query.Contains("eventV2(id", StringComparison.Ordinal))
            return await EventAsync(argument, cancellationToken);

        throw new RefusedException("query asks for none of the fields run(runID), runTraceSpanOutputByID(outputID) and eventV2(id), which are all that is served here; the REST API under /v1 serves the rest.");
    }

    private async Task<ApiResponse> EventAsync(string id, CancellationToken cancellationToken)
    {
        if (!UlidText.TryRead(id, out var ulid) || await events.ReadAsync(ulid, cancellationToken) is not ReadEventOutcome.Found { Event: var found })
            return Answer<StoredEvent>("eventV2", null, (_, _) => { });

        var read = await Task.WhenAll(found.Runs.Select(started => runs.ReadAsync(started.Run, cancellationToken)));
        return Answer("eventV2", found, (writer, one) =>
        {
            writer.WriteString("id", one.InternalId);
            writer.WriteString("name", one.Name);
            writer.WriteString("idempotencyKey", one.Id);
            writer.WriteString("raw", one.Json.ToString());
            writer.WriteStartArray("runs");
            foreach (var run in read.OfType<ReadRunOutcome.Found>())
            {
                writer.WriteStartObject();
                WriteRun(writer, run.Run);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private async Task<Run?> FindAsync(string id, CancellationToken cancellationToken) =>
        RunId.TryParse(id, out var run) && await runs.ReadAsync(run, cancellationToken) is ReadRunOutcome.Found found ? found.Run : null;

    private void WriteRun(Utf8JsonWriter writer, Run run)
    {
        writer.WriteString("id", run.Id.Value);
        writer.WriteString("status", StatusOf(run));
        writer.WriteStartObject("function");
        writer.WriteString("slug", run.Function.Value);
        writer.WriteEndObject();
        writer.WriteStartObject("trace");
        writer.WriteString("status", StatusOf(run));
        writer.WriteString("outputID", run.IsLive ? null : run.Id.Value);
        writer.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter writer, Run run)
    {
        writer.WriteString("data", run.Outcome is RunOutcome.Completed completed ? completed.Output.ToString() : null);
        if (run.Outcome is not RunOutcome.Failed failed)
        {
            writer.WriteNull("error");
            return;
        }

        var error = Failure.FromJson(failed.Error);
        writer.WriteStartObject("error");
        writer.WriteString("name", error.Name);
        writer.WriteString("message", error.Message);
        writer.WriteString("stack", error.Stack);
        writer.WriteEndObject();
    }

    private string StatusOf(Run run) => run.StatusAt(time.GetUtcNow()) is var status and not RunStatus.Scheduled ? status.ToString().ToUpperInvariant() : "QUEUED";

    private static ApiResponse Answer<T>(string field, T? value, Action<Utf8JsonWriter, T> write)
        where T : class => ApiJson.Write(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        if (value is null)
        {
            writer.WriteNull(field);
        }
        else
        {
            writer.WriteStartObject(field);
            write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static (string Query, string Argument) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, ProtocolJson.DocumentOptions);
            var query = document.RootElement.GetProperty("query").GetString() ?? "";
            return document.RootElement.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Object
                && variables.EnumerateObject().FirstOrDefault(variable => variable.Value.ValueKind == JsonValueKind.String) is { Value.ValueKind: JsonValueKind.String } argument
                ? (query, argument.Value.GetString()!)
                : throw new RefusedException("variables must hold the id that the query asks for, as a string.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RefusedException($"The body cannot be read as a GraphQL request: {exception.Message}");
        }
    }
}
