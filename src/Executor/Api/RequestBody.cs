using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Api;

/// <summary>What a request says.</summary>
internal static class RequestBody
{
    /// <exception cref="RefusedException">It is not JSON.</exception>
    public static JsonDocument Parse(ApiRequest request)
    {
        try
        {
            return CanonicalJson.Canonicalize(request.Body).Parse();
        }
        catch (JsonException exception)
        {
            throw new RefusedException($"The body is not JSON: {exception.Message}");
        }
    }
}
