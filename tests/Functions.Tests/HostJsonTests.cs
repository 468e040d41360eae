using Microsoft.Extensions.Configuration;
using Stepwell.Executor.Functions;
using Stepwell.Executor.Operations;
using Stepwell.Testing.Azurite;

namespace Stepwell.Functions.Tests;

public sealed class HostJsonTests
{
    [Fact]
    public void The_host_json_of_the_repository_leaves_room_for_the_last_call()
    {
        var host = HostJson.Read(Path.Combine(Repository.Root, "host.json"), Settings());
        var bound = host.Bound(new EngineOptions());

        Assert.Equal("none", host.Encoding);
        Assert.True(bound.TimeBudget + bound.CallTimeout < host.Timeout, $"{bound.TimeBudget} + {bound.CallTimeout} is not less than {host.Timeout}");
        Assert.True(bound.MostDeliveries < host.MostDeliveries);
    }

    [Theory]
    [InlineData("00:05:00", 140, 140)]
    [InlineData("00:10:00", 240, 290)]
    [InlineData("-1", 240, 7_200)]
    [InlineData(null, 140, 140)]
    public void Half_of_the_time_is_for_going_on_and_half_for_the_last_call(string? timeout, int budget, int call)
    {
        var host = HostJson.Read("there is none", timeout is null ? Settings() : Settings(("AzureFunctionsJobHost:functionTimeout", timeout)));
        var bound = host.Bound(new EngineOptions());

        Assert.Equal((budget, call), ((int)bound.TimeBudget.TotalSeconds, (int)bound.CallTimeout.TotalSeconds));
    }

    [Fact]
    public void Without_a_file_the_defaults_of_the_host_count()
    {
        Assert.Equal(new HostJson(TimeSpan.FromMinutes(5), 5, "base64"), HostJson.Read("there is none", Settings()));
    }

    internal static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create<string, string?>(one.Name, one.Value))).Build();
}
