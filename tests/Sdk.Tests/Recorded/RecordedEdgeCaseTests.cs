using System.Text.Json;
using Stepwell.Protocol.Tests.Recordings;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>The unusual messages that were sent to apps of the shipped SDKs, sent to an app of this one: it answers the same, but for the known differences.</summary>
public sealed class RecordedEdgeCaseTests
{
    private static readonly string[] s_files = ["misc-edge-cases-v3.json", "misc-edge-cases-v4.json"];

    private static IEnumerable<(string File, int Index)> All =>
        s_files.SelectMany(file => Enumerable.Range(0, Recording.Fixture(file).GetArrayLength()).Select(index => (file, index)));

    public static TheoryData<string, int> Messages
    {
        get
        {
            var messages = new TheoryData<string, int>();
            foreach (var (file, index) in All)
                messages.Add(file, index);

            return messages;
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task An_unusual_message_is_answered_as_it_was_but_for_what_is_known(string file, int index)
    {
        var recorded = Recording.Fixture(file)[index];
        var name = Name(file, recorded);

        var differences = await DifferencesAsync(recorded);

        var unknown = differences.Where(difference => !EdgeCaseDifferences.All.Any(known => known.Explains(name, difference)));
        Assert.True(!unknown.Any(), $"{name}\n{string.Join('\n', unknown)}");
    }

    [Fact]
    public async Task Every_known_difference_is_still_one()
    {
        var left = EdgeCaseDifferences.All.ToHashSet();
        foreach (var (file, index) in All)
        {
            var recorded = Recording.Fixture(file)[index];
            foreach (var difference in await DifferencesAsync(recorded))
                left.RemoveWhere(known => known.Explains(Name(file, recorded), difference));
        }

        Assert.Empty(left.Select(known => known.Reason));
    }

    [Fact]
    public void They_are_all_there()
    {
        Assert.Equal(38, Messages.Count);
    }

    private static string Name(string file, JsonElement recorded) =>
        $"{file}: {recorded.GetProperty("name").GetString()}{(recorded.GetProperty("streaming").GetBoolean() ? " (streaming)" : "")}";

    private static async Task<IReadOnlyList<string>> DifferencesAsync(JsonElement recorded)
    {
        var app = new TestApp(EdgeCaseApp.Create(new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") }));
        var query = recorded.GetProperty("path").GetString()!.TrimStart('?');
        var body = recorded.TryGetProperty("reqBody", out var sent) ? sent.GetRawText() : "";

        var call = app.HandleAsync(new Request(recorded.GetProperty("method").GetString()!, body)
        {
            Query = query.Length == 0 ? [] : query.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]),
        });
        if (query.Contains("stepId=deadbeef", StringComparison.Ordinal))
            app.Time.Advance(TimeSpan.FromSeconds(10));

        var answer = await call;
        var headers = recorded.GetProperty("resHeaders");
        return SeenAnswer.Of(recorded.GetProperty("status").GetInt32(), header => headers.TryGetProperty(header, out var value) ? value.GetString() : null, Body(recorded))
            .DifferencesTo(SeenAnswer.Of(answer.Status, name => answer.Headers.GetValueOrDefault(name), answer.Body));
    }

    /// <summary>The recorded body, of which the first part was written down: one that ends within an error's message is closed there.</summary>
    private static string Body(JsonElement recorded)
    {
        var body = recorded.GetProperty("resBodyRaw").GetString()!;
        return body.Length < 2900 ? body : $"{body}\"}}";
    }
}
