namespace Stepwell.Executor.Api;

/// <summary>Says that the process answers. It asks nothing of storage, so that a probe costs nothing.</summary>
public sealed class HealthEndpoint : IEndpoint
{
    public string Method => "GET";

    public string Route => "/health";

    public Access Access => Access.Open;

    public Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken) => Task.FromResult(ApiJson.Write(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", "ok");
        writer.WriteEndObject();
    }));
}
