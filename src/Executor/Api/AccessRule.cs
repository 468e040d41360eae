using System.Security.Cryptography;
using System.Text;

namespace Stepwell.Executor.Api;

/// <summary>Checks keys, in constant time.</summary>
public sealed class AccessRule(ApiOptions options)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether the caller may go on; otherwise what to answer.</summary>
    public ApiResponse? Refuse(IEndpoint endpoint, ApiCall call) => endpoint.Access switch
    {
        _ when options.IsDev => null,
        Access.EventKey => options.EventKeys.Any(key => Same(key, call["key"])) ? null : ApiJson.EventError(401, "Event key not found"),
        Access.SigningKey => Knows(call.Request.Header("authorization")) ? null : ApiJson.Error(401, "The signing key is missing or wrong: send 'Authorization: Bearer <hashed signing key>'."),
        _ => null,
    };

    private bool Knows(string? authorization)
    {
        if (options.SigningKeys is not { } keys || authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) != true)
            return false;

        var token = authorization[Bearer.Length..].Trim();
        return Same(keys.Primary.BearerToken, token) | (keys.Fallback is { } fallback && Same(fallback.BearerToken, token));
    }

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
