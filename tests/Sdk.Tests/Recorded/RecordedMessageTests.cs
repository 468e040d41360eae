using System.Globalization;
using System.Text.Json;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Tests.Recordings;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>Every message that a server sent to an app of a shipped SDK, sent to an app of this one: it answers the same, but for the known differences.</summary>
public sealed class RecordedMessageTests
{
    private const string SigningKey = "signkey-test-12345678abcdef00";

    /// <summary>Messages to apps that the C# SDK cannot be: what they ask for is not in it.</summary>
    private static bool IsOutside(Exchange exchange) =>
        exchange.Id.StartsWith("defer.json", StringComparison.Ordinal) || exchange.Id.StartsWith("durable-endpoint", StringComparison.Ordinal)
        || RecordedApp.NotInTheSdk.Any(function => exchange.Url.Contains($"fnId=cap-{function}&", StringComparison.Ordinal));

    private static readonly string[] s_headers = ["x-inngest-signature", "x-inngest-sync-kind", "x-inngest-server-kind", "x-inngest-req-version", "x-run-id"];

    private static IEnumerable<Exchange> Inside => Recording.All.Where(exchange => exchange.IsToApp && !IsOutside(exchange));

    public static TheoryData<string> Messages => [.. Inside.Select(exchange => exchange.Id)];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_recorded_message_is_answered_as_it_was_but_for_what_is_known(string id)
    {
        var exchange = Recording.Find(id);

        var differences = await DifferencesAsync(exchange);

        var unknown = differences.Where(difference => !KnownDifferences.All.Any(known => known.Explains(exchange.Id, difference)));
        Assert.True(!unknown.Any(), $"{exchange.Method} {exchange.Url}\n{string.Join('\n', unknown)}");
    }

    [Fact]
    public async Task Every_known_difference_is_still_one()
    {
        var left = KnownDifferences.All.ToHashSet();
        foreach (var exchange in Inside)
        {
            foreach (var difference in await DifferencesAsync(exchange))
                left.RemoveWhere(known => known.Explains(exchange.Id, difference));
        }

        Assert.Empty(left.Select(known => known.Reason));
    }

    [Fact]
    public void The_messages_are_those_of_the_recordings()
    {
        var all = Recording.All.Where(exchange => exchange.IsToApp).ToList();
        var outside = all.Where(IsOutside).ToList();

        Assert.Equal(291, all.Count);
        Assert.Equal(15, outside.Count);
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(Exchange exchange)
    {
        var recorded = Checkpoints(exchange) ? WithoutCheckpoints(exchange) : exchange;
        await using var executor = await RecordingServer.StartAsync((request, _) => Answer(recorded, request));
        var signature = exchange.RequestHeader("x-inngest-signature");
        var isCloud = exchange.Folder.Length == 0;
        // Compared is the answer of a call that ends with its first step.
        var options = (isCloud ? new StepwellOptions { IsDev = false, BaseUrl = executor.Url, SigningKey = SigningKey, EventKey = "test" } : executor.Dev) with { Checkpointing = false };
        var app = new TestApp(RecordedApp.Create(options, SleepsUntil(recorded)));
        if (signature is not null)
            app.Time.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(long.Parse(signature.Split('&')[0][2..], CultureInfo.InvariantCulture)));

        var answer = await app.HandleAsync(Request(exchange));
        return SeenAnswer.Of(recorded.Status, recorded.AnswerHeader, Text(recorded.Answer))
            .DifferencesTo(SeenAnswer.Of(answer.Status, name => answer.Headers.GetValueOrDefault(name), answer.Body));
    }

    /// <summary>Whether the shipped SDK checkpointed in this call, or might have: it tells the end of the function as an op.</summary>
    private static bool Checkpoints(Exchange exchange) =>
        exchange.IsCall && exchange.Folder == "devserver-v4-ckpt"
        && (exchange.Answer.GetRawText().Contains("\"RunComplete\"", StringComparison.Ordinal) || Recording.All.SkipWhile(one => one != exchange).ElementAtOrDefault(1) is { IsCheckpoint: true });

    /// <summary>The time that the recorded app took from its clock.</summary>
    private static DateTimeOffset SleepsUntil(Exchange recorded) =>
        recorded.Status == 206 && DateTimeOffset.TryParse(recorded.Answer[0].TryGetProperty("name", out var name) ? name.GetString() : null, CultureInfo.InvariantCulture, out var until)
            ? until
            : DateTimeOffset.UnixEpoch;

    /// <summary>
    /// The C# SDK does not checkpoint yet: asked for a step where it might, it answers as the shipped SDK answered the same call of the same function where it
    /// was told not to.
    /// </summary>
    private static Exchange WithoutCheckpoints(Exchange exchange)
    {
        var file = exchange.Id[exchange.Folder.Length..exchange.Id.IndexOf('#', StringComparison.Ordinal)];
        return Recording.All.First(other => other.Id.StartsWith($"devserver-v4-nockpt{file}#", StringComparison.Ordinal) && other.IsCall && Place(other) == Place(exchange));

        static (string Url, int Attempt, int Settled) Place(Exchange call)
        {
            var context = call.Request.GetProperty("ctx");
            var stack = context.GetProperty("stack").GetProperty("stack");
            return (call.Url, context.GetProperty("attempt").GetInt32(), stack.ValueKind == JsonValueKind.Array ? stack.GetArrayLength() : 0);
        }
    }

    private static Request Request(Exchange exchange)
    {
        var parts = exchange.Url.Split('?', 2);
        var headers = s_headers.Select(name => (name, value: exchange.RequestHeader(name)))
            .Where(header => header.value is not null)
            .ToDictionary(header => header.name, header => header.value!, StringComparer.OrdinalIgnoreCase);
        var body = exchange.Request.ValueKind == JsonValueKind.String ? exchange.Request.GetString()! : CanonicalJson.Canonicalize(RawJson.FromString(exchange.Request.GetRawText()).Utf8).ToString();
        return new Request(exchange.Method, body)
        {
            Headers = headers,
            Query = parts.Length < 2 ? [] : parts[1].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1])),
        };
    }

    /// <summary>What the server answered when the recorded app asked it the same.</summary>
    private static (int Status, string Body) Answer(Exchange exchange, RecordedRequest request)
    {
        if (request.Path.StartsWith("/e/", StringComparison.Ordinal))
            return (200, $$"""{"ids":{{exchange.Answer[0].GetProperty("data").GetProperty("ids").GetRawText()}},"status":200}""");

        var file = exchange.Id[..exchange.Id.IndexOf('#', StringComparison.Ordinal)];
        var asked = Recording.All.SkipWhile(one => one != exchange).Skip(1)
            .First(one => one.Id.StartsWith($"{file}#", StringComparison.Ordinal) && !one.IsToApp && one.Url.Split('?')[0] == request.Path.Split('?')[0]);
        return (asked.Status, Text(asked.Answer));
    }

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        // An answer without a body was written down as an empty text.
        JsonValueKind.String when json.GetString() is "" => "",
        _ => json.GetRawText(),
    };
}
