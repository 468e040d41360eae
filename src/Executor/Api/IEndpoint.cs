namespace Stepwell.Executor.Api;

/// <summary>One endpoint of the API.</summary>
public interface IEndpoint
{
    string Method { get; }

    /// <summary>Its path; a segment in braces takes any value: <c>/v1/runs/{id}</c>.</summary>
    string Route { get; }

    Access Access { get; }

    Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken);
}
