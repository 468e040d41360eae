using System.Reflection;
using Stepwell.Protocol.Calls;

namespace Stepwell.Protocol.Tests;

/// <summary>The protocol is words and rules: it depends on nothing, does no IO, and can be trimmed.</summary>
public class PurityTests
{
    private static readonly Assembly s_protocol = typeof(CallRequest).Assembly;

    private static readonly string[] s_outside =
    [
        "System.IO.", "System.Net.", "System.Threading.Tasks.", "System.Threading.Thread", "System.Threading.Timer",
        "System.Console", "System.Environment", "System.Diagnostics.Process", "System.Data.", "Microsoft.",
    ];

    private static readonly string[] s_clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random.get_Shared",
    ];

    private static readonly string[] s_silencers = ["UnconditionalSuppressMessageAttribute", "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute"];

    [Fact]
    public void The_protocol_refers_to_the_framework_alone()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.All(s_protocol.GetReferencedAssemblies(), reference => Assert.True(File.Exists(Path.Combine(framework, $"{reference.Name}.dll")), reference.Name));
    }

    [Fact]
    public void The_protocol_reads_and_writes_nothing_outside()
    {
        var names = ReferencedNames.Of(s_protocol);

        Assert.Contains("System.Text.Json.JsonSerializer", names.Types);
        Assert.DoesNotContain(names.Types, type => s_outside.Any(outside => type.StartsWith(outside, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_protocol_is_told_the_time()
    {
        var names = ReferencedNames.Of(s_protocol);

        Assert.Contains("System.TimeProvider.GetUtcNow", names.Members);
        Assert.DoesNotContain(names.Members, s_clocks.Contains);
    }

    [Fact]
    public void The_protocol_is_built_for_trimming_and_silences_no_warning_of_it()
    {
        var metadata = s_protocol.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(one => one.Key, one => one.Value);

        Assert.Equal("True", metadata["IsTrimmable"]);
        Assert.Equal("True", metadata["IsAotCompatible"]);
        Assert.DoesNotContain(ReferencedNames.Of(s_protocol).Types, type => s_silencers.Any(silencer => type.EndsWith(silencer, StringComparison.Ordinal)));
    }
}
