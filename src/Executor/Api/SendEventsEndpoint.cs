using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Protocol;
using Stepwell.Protocol.Events;

namespace Stepwell.Executor.Api;

/// <summary>Takes events. 200 means that they and the runs that they start are durable.</summary>
public sealed class SendEventsEndpoint(IngestEvents ingest) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/e/{key}";

    public Access Access => Access.EventKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var ids = await ingest.IngestAsync(call.Request.Body, call.Request.Header(ProtocolHeaders.EventIdSeed), cancellationToken);
        return new ApiResponse(200, JsonSerializer.SerializeToUtf8Bytes(new SendEventsReply(ids, 200), ProtocolJson.Default.SendEventsReply));
    }
}
