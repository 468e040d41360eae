using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Stepwell.AzureFunctions;

namespace Stepwell.Samples.DripCampaign;

/// <summary>Where the executor calls the functions of this app: <c>/api/stepwell</c>.</summary>
public sealed class Endpoint(StepwellHttp stepwell)
{
    [Function("Stepwell")]
    public Task<HttpResponseData> ServeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "post", Route = "stepwell")] HttpRequestData request, CancellationToken cancellationToken) =>
        stepwell.HandleAsync(request, cancellationToken);
}
