using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Serving;

public class IntrospectionTests
{
    [Fact]
    public async Task In_development_anybody_gets_the_short_form()
    {
        var answer = await TestApp.Serving((_, _) => Task.FromResult(1)).HandleAsync(new Request("GET"));

        Assert.Equal(200, answer.Status);
        using var body = JsonDocument.Parse(answer.Body);
        Assert.Equal("dev", body.RootElement.GetProperty("mode").GetString());
        Assert.Equal(1, body.RootElement.GetProperty("function_count").GetInt32());
        Assert.False(body.RootElement.GetProperty("has_signing_key").GetBoolean());
        Assert.False(body.RootElement.GetProperty("has_event_key").GetBoolean());
        Assert.Equal("2024-05-24", body.RootElement.GetProperty("schema_version").GetString());
        Assert.False(body.RootElement.TryGetProperty("signing_key_hash", out _));
    }

    [Fact]
    public async Task In_production_the_executor_gets_the_long_form()
    {
        var app = CloudApp.Make(CloudApp.Options with { Environment = "blue", ServeOrigin = new Uri("https://app.example") });

        var answer = await app.HandleAsync(new Request("GET").SignedWith(Keys.Primary, app.Time));

        Assert.Equal(200, answer.Status);
        using var body = JsonDocument.Parse(answer.Body);
        var root = body.RootElement;
        Assert.Equal("cloud", root.GetProperty("mode").GetString());
        Assert.True(root.GetProperty("authentication_succeeded").GetBoolean());
        Assert.Equal("shop", root.GetProperty("app_id").GetString());
        Assert.Equal("blue", root.GetProperty("env").GetString());
        Assert.Equal("csharp", root.GetProperty("sdk_language").GetString());
        Assert.Equal("v1", root.GetProperty("capabilities").GetProperty("trust_probe").GetString());
        Assert.StartsWith("https://app.example", root.GetProperty("serve_origin").GetString(), StringComparison.Ordinal);
        Assert.Equal("1425c614b3c1", root.GetProperty("signing_key_hash").GetString());
        Assert.Equal(12, root.GetProperty("signing_key_fallback_hash").GetString()!.Length);
        Assert.Equal(64, root.GetProperty("event_key_hash").GetString()!.Length);
    }

    [Fact]
    public async Task No_key_is_told()
    {
        var app = CloudApp.Make();

        var body = (await app.HandleAsync(new Request("GET").SignedWith(Keys.Primary, app.Time))).Body;

        Assert.DoesNotContain("event-key\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678abcdef00", body, StringComparison.Ordinal);
        Assert.DoesNotContain("00fedcba87654321", body, StringComparison.Ordinal);
    }
}
