using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Api;

/// <summary>The executor's HTTP API, for any server to put behind its catch-all route. It always answers; nothing is thrown but the cancellation.</summary>
public sealed class ExecutorApi(IEnumerable<IEndpoint> endpoints, AccessRule access, ApiOptions options, ILogger<ExecutorApi> logger)
{
    private readonly ImmutableArray<(IEndpoint Endpoint, string[] Segments)> _routes = [.. endpoints.Select(endpoint => (endpoint, Split(endpoint.Route)))];

    /// <summary>The value of the header <c>x-inngest-server-kind</c>, which goes on every answer.</summary>
    public string ServerKind => options.IsDev ? "dev" : "cloud";

    /// <summary>The answer to a request whose body is longer than <see cref="ApiOptions.MaxBodyBytes"/>.</summary>
    public static ApiResponse TooLarge => Refusal(413, "The body is too large; the limit is 32 MiB. Send fewer events in one request.");

    /// <summary>The answer to a request that the server in front could not even read.</summary>
    public static ApiResponse Refusal(int status, string sentence) => ApiJson.Error(status, sentence);

    public async Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var path = Split(request.Path);
        var matches = _routes
            .Select(route => (route.Endpoint, Values: Match(route.Segments, path)))
            .Where(match => match.Values is not null)
            .ToList();
        if (matches.Count == 0)
            return ApiJson.Error(404, $"There is no path '{request.Path}' here.");

        if (matches.Find(match => match.Endpoint.Method == request.Method) is not { Endpoint: { } endpoint } found)
        {
            var methods = matches.Select(match => match.Endpoint.Method).ToList();
            return ApiJson.Error(405, $"'{request.Path}' takes {string.Join(" or ", methods)}, not {request.Method}.") with { Allow = string.Join(", ", methods) };
        }

        var call = new ApiCall(request, found.Values!);
        try
        {
            return access.Refuse(endpoint, call) ?? await endpoint.HandleAsync(call, cancellationToken);
        }
        catch (RefusedException refused)
        {
            return endpoint.Access == Access.EventKey ? ApiJson.EventError(400, refused.Message) : ApiJson.Error(400, refused.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            logger.RequestFailed(exception, request.Method, endpoint.Route);
            const string Sorry = "The executor could not do this now; nothing is lost when you try again. Its log says more.";
            return endpoint.Access == Access.EventKey ? ApiJson.EventError(500, Sorry) : ApiJson.Error(500, Sorry);
        }
    }

    private static string[] Split(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    private static Dictionary<string, string>? Match(string[] route, string[] path)
    {
        if (route.Length != path.Length)
            return null;

        var values = new Dictionary<string, string>();
        for (var i = 0; i < route.Length; i++)
        {
            if (route[i] is ['{', .. var name, '}'])
                values[name] = path[i];
            else if (route[i] != path[i])
                return null;
        }

        return values;
    }
}
