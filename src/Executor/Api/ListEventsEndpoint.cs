using System.Globalization;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Api;

/// <summary>Lists events, newest first: <c>name</c>, <c>received_after</c>, <c>received_before</c>, <c>cursor</c>, <c>limit</c> (1 to 100, default 20).</summary>
public sealed class ListEventsEndpoint(IEventStore events, TimeProvider time) : IEndpoint
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public string Method => "GET";

    public string Route => "/v1/events";

    public Access Access => Access.SigningKey;

    public async Task<ApiResponse> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var query = call.Request.Query;
        var found = await events.ListAsync(
            new EventQuery(Limit(query("limit")), NonEmpty(query("name")), At("received_after"), At("received_before"), Cursor(NonEmpty(query("cursor")))),
            cancellationToken);
        return ApiJson.Data(time.GetUtcNow(), (writer, _) =>
        {
            writer.WriteStartArray();
            foreach (var one in found)
                EventJson.Write(writer, one);

            writer.WriteEndArray();
        });

        DateTimeOffset? At(string name)
        {
            if (NonEmpty(query(name)) is not { } text)
                return null;

            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new RefusedException($"{name} is '{text}'; it must be a time in ISO 8601.");
        }
    }

    private static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return DefaultLimit;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw new RefusedException($"limit is '{text}'; it must be 1 to {MaxLimit}.");
    }

    private static string? Cursor(string? text)
    {
        if (text is null)
            return null;

        return UlidText.TryRead(text, out var id)
            ? id
            : throw new RefusedException($"cursor is '{text}'; it must be the internal_id of the last event of the page before.");
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
