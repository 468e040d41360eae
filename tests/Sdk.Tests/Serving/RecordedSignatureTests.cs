using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

/// <summary>Requests that the reference server signed and sent to another SDK.</summary>
public class RecordedSignatureTests
{
    private static readonly DateTimeOffset s_recorded = DateTimeOffset.FromUnixTimeSeconds(1_795_491_803);

    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, Read().Count)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task They_are_taken_as_signed(int index)
    {
        var recorded = Read()[index];
        var app = CloudApp.Make(CloudApp.Options with { SigningKeyFallback = null });
        app.Time.SetUtcNow(s_recorded);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://app"), recorded.Url).Query);
        var request = new Request(recorded.Method, recorded.Body)
        {
            Query = query.AllKeys.ToDictionary(name => name!, name => query[name]!),
            Headers = new(recorded.Headers, StringComparer.OrdinalIgnoreCase),
        };

        var answer = await app.HandleAsync(request);
        Assert.NotEqual(401, answer.Status);
        Assert.True(answer.Headers.ContainsKey(ProtocolHeaders.Signature));

        app.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(401, (await app.HandleAsync(request)).Status);
    }

    private static List<Recording> Read() => JsonSerializer.Deserialize<List<Recording>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "signed-requests.json")), JsonSerializerOptions.Web)!;

    private sealed record Recording(string Method, string Url, Dictionary<string, string> Headers, string Body);
}
