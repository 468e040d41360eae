using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Replay;

namespace Stepwell.Sdk;

/// <content>Requests that the executor makes.</content>
public sealed partial class Step
{
    /// <summary>
    /// Has the executor make an HTTP request: the function is not called while it is under way, and it is tried again when it cannot be made. Whatever it is answered
    /// is the result, errors of the server too.
    /// </summary>
    /// <param name="id">The step's id within the function.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="StepFailedException">No attempt was answered, or the answer is larger than 4 MiB.</exception>
    public Task<FetchResponse> FetchAsync(string id, FetchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _pass.Find(id, new StepKind<FetchResponse>
        {
            Op = (key, userland, opts) => new GatewayOp { Id = key, DisplayName = userland.Id, Userland = userland, Opts = opts },
            Opts = writer =>
            {
                writer.WriteString("url", request.Url.AbsoluteUri);
                writer.WriteString("method", request.Method);
                writer.WriteStartObject("headers");
                foreach (var (name, value) in request.Headers)
                    writer.WriteString(name, value);

                writer.WriteEndObject();
                if (request.Body is { } body)
                    writer.WriteString("body", body);
            },
            Read = StepJson.Own.Read<FetchResponse>,
        });
    }
}
