using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace Stepwell.Functions.Tests;

/// <summary>A small function app, for the tests of the host.</summary>
public sealed class HostedFunctions(Seen seen)
{
    [Function("Messages")]
    public async Task HandleAsync([QueueTrigger("%PREFIX%-queue")] QueueMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var body = message.Body.ToString();
        seen.Add(body, message.DequeueCount);
        if (body == "bad")
            throw new InvalidOperationException("as always");

        if (body == "endless")
        {
            using var cancelled = cancellationToken.Register(() => seen.Add("cancelled"));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    [Function("Things")]
    public static async Task<HttpResponseData> AnswerAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "things/{id}")] HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var response = request.CreateResponse();
        response.StatusCode = System.Net.HttpStatusCode.OK;
        using var body = new StreamReader(request.Body);
        await using var text = new StreamWriter(response.Body, leaveOpen: true);
        await text.WriteAsync($"{request.Method} {request.Url.PathAndQuery} {await body.ReadToEndAsync()}");
        return response;
    }

    [Function("Ticks")]
    public void Tick([TimerTrigger("* * * * * *")] TimerInfo timer) => seen.Add("tick");
}
