using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Events;
using Stepwell.Sdk.Events;

namespace Stepwell.Sdk.Sending;

/// <summary>Sends events to the executor, and sends them again after a failure, with the same seed: the same events, so nothing starts twice.</summary>
internal sealed class EventSender(HttpClient http, ClientSettings settings, StepJson json, TimeProvider time)
{
    private const int MaxRetries = 5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    public async Task<IReadOnlyList<string>> SendAsync(IEnumerable<object> events, CancellationToken cancellationToken)
    {
        var (body, count) = Write(events);
        var seed = EventIdSeed.Create(time).ToHeader();
        for (var attempt = 0; ; attempt++)
        {
            Exception? problem = null;
            try
            {
                var (status, reply) = await PostAsync(body, seed, cancellationToken);
                if (status == HttpStatusCode.OK && reply is { Status: 200 })
                    return reply.Ids.Count >= count ? reply.Ids : throw TooFewIds(count, reply.Ids.Count);

                problem = new StepwellException($"The executor at {settings.BaseUrl} answered {(int)status}: {reply?.Error ?? "without a reason"}");
                if (IsRefusal(status))
                    throw problem;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                problem = exception;
            }

            if (attempt == MaxRetries)
                throw new StepwellException($"The events could not be sent to {settings.BaseUrl} in {MaxRetries + 1} tries: {problem.Message}", problem);

            await Task.Delay(s_firstPause * ((1 << attempt) + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    // Too slow, or too many for now: another try may succeed. Any other answer of this kind would be given again.
    private static bool IsRefusal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private StepwellException TooFewIds(int sent, int ids) =>
        new($"The executor at {settings.BaseUrl} took {sent} events and answered with {ids} ids, so that it is not known which event has which.");

    private async Task<(HttpStatusCode Status, SendEventsReply? Reply)> PostAsync(ReadOnlyMemory<byte> body, string seed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.BaseUrl, $"/e/{Uri.EscapeDataString(settings.RequireEventKey())}"));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ProtocolHeaders.EventIdSeed, seed);
        request.Headers.Add(ProtocolHeaders.Sdk, SdkVersion.Header);
        using var response = await http.SendAsync(request, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return (response.StatusCode, bytes is [(byte)'{', ..] ? JsonSerializer.Deserialize(bytes, ProtocolJson.Default.SendEventsReply) : null);
    }

    private (ReadOnlyMemory<byte> Body, int Count) Write(IEnumerable<object> events)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var one in events)
            {
                if (++count > ProtocolLimits.MaxEventsPerRequest)
                    throw new ArgumentException($"There are more than {ProtocolLimits.MaxEventsPerRequest} events, which is what one request takes. Send them in several.", nameof(events));

                JsonSerializer.Serialize(writer, Envelope(one), ProtocolJson.Default.EventEnvelope);
            }

            writer.WriteEndArray();
        }

        return (buffer.WrittenMemory, count);
    }

    private EventEnvelope Envelope(object one) => one switch
    {
        null => throw new ArgumentException("An event is null."),
        Event named => new EventEnvelope
        {
            Name = named.Name,
            Data = Protocol.Json.RawJson.FromElement(named.Data),
            Id = named.Id,
            Timestamp = named.Timestamp?.ToUnixTimeMilliseconds(),
            Version = named.Version,
        },
        _ => new EventEnvelope { Name = EventNames.Of(one.GetType()), Data = json.WriteObject(one, one.GetType()) },
    };
}
