using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Api;

/// <summary>Shows one event.</summary>
public sealed class ReadEventEndpoint(IEventStore events, TimeProvider time) : IEndpoint
{
    public string Method => "GET";

    public string Route => "/v1/events/{id}";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) =>
        await events.FindAsync(call, cancellationToken) is ReadEventOutcome.Found found
            ? ApiJson.Data(time.GetUtcNow(), (writer, _) => EventJson.Write(writer, found.Event))
            : EventLookup.NotFound(call);
}
