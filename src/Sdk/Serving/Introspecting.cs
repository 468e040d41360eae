using System.Security.Cryptography;
using System.Text;
using Stepwell.Protocol;
using Stepwell.Protocol.Registration;

namespace Stepwell.Sdk.Serving;

/// <summary>What the app tells of itself: a short form to anybody in development, the long one to the executor.</summary>
internal sealed class Introspecting(StepwellClient client, string framework)
{
    public Reply Answer(bool isVerified) =>
        Reply.Json(200, isVerified && !client.Settings.IsDev ? Long() : Short(), ProtocolJson.Default.Introspection);

    public Introspection Short() => new()
    {
        Extra = new Dictionary<string, bool> { ["native_crypto"] = true },
        FunctionCount = client.Functions.Count,
        HasEventKey = client.Settings.HasEventKey,
        HasSigningKey = client.Settings.SigningKeys is not null,
        Mode = client.Settings.IsDev ? "dev" : "cloud",
    };

    public Introspection Long() => Short() with
    {
        AuthenticationSucceeded = true,
        ApiOrigin = client.Settings.BaseUrl.ToString(),
        EventApiOrigin = client.Settings.BaseUrl.ToString(),
        AppId = client.AppId,
        Capabilities = new Capabilities(TrustProbe: "v1"),
        Environment = client.Settings.Environment,
        EventKeyHash = client.Settings.HasEventKey ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(client.Settings.EventKey!))) : null,
        Framework = framework,
        SdkLanguage = "csharp",
        SdkVersion = SdkVersion.Number,
        ServeOrigin = client.Settings.ServeOrigin?.ToString(),
        ServePath = client.Settings.ServePath,
        SigningKeyHash = client.Settings.SigningKeys?.Primary.ShortHash,
        SigningKeyFallbackHash = client.Settings.SigningKeys?.Fallback?.ShortHash,
    };
}
