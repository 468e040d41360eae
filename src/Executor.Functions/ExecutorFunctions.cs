using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Stepwell.Executor.Functions;

/// <summary>The triggers of the executor, each a line into the engine.</summary>
public sealed class ExecutorFunctions(HttpFront http, RunQueue queue, MinuteTimer timer)
{
    [Function("Api")]
    public Task<HttpResponseData> ApiAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequestData request, CancellationToken stopping) =>
        http.HandleAsync(request, stopping);

    [Function("Runs")]
    public Task RunsAsync([QueueTrigger("%STEPWELL_STORAGE_PREFIX%-runs-00")] QueueMessage message, CancellationToken stopping) => queue.HandleAsync(message, stopping);

    [Function("PoisonedRuns")]
    public Task PoisonedRunsAsync([QueueTrigger("%STEPWELL_STORAGE_PREFIX%-runs-00-poison")] QueueMessage message, CancellationToken stopping) =>
        queue.GiveUpAsync(message, stopping);

    [Function("Minute")]
    public Task MinuteAsync([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo minute, CancellationToken stopping) => timer.TickAsync(stopping);
}
