using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Api;

/// <summary>Shows the runs that an event started.</summary>
public sealed class EventRunsEndpoint(IEventStore events, IRunStore runs, TimeProvider time) : IEndpoint
{
    public string Method => "GET";

    public string Route => "/v1/events/{id}/runs";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(call, cancellationToken) is not ReadEventOutcome.Found found)
            return EventLookup.NotFound(call);

        var read = await Task.WhenAll(found.Event.Runs.Select(started => runs.ReadAsync(started.Run, cancellationToken)));
        return ApiJson.Data(time.GetUtcNow(), (writer, now) =>
        {
            writer.WriteStartArray();
            foreach (var one in read.OfType<ReadRunOutcome.Found>())
                RunJson.Write(writer, one.Run, now, withSteps: false);

            writer.WriteEndArray();
        });
    }
}
