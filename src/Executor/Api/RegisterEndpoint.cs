using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Protocol;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Api;

/// <summary>Takes an app's registration.</summary>
public sealed class RegisterEndpoint(SyncApp sync, ApiOptions options) : IEndpoint
{
    public string Method => "POST";

    public string Route => "/fn/register";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var kind = options.IsDev ? "dev" : "cloud";
        if (call.Request.Header(ProtocolHeaders.ExpectedServerKind) is { Length: > 0 } expected && expected != kind)
            return ApiJson.Error(400, $"Expected server kind {expected}, got {kind}");

        var modified = await sync.RegisterAsync(RegistrationReading.Parse(call.Request.Body), cancellationToken);
        return new ApiResponse(200, JsonSerializer.SerializeToUtf8Bytes(new RegisterReply(Ok: true, Modified: modified), ProtocolJson.Default.RegisterReply));
    }
}
