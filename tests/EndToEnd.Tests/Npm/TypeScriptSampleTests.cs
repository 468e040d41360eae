using System.Globalization;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>The TypeScript sample by its one command.</summary>
public sealed class TypeScriptSampleTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples", "inngest-typescript");

    [Fact]
    public async Task The_shop_fulfils_an_order_and_the_command_ends_with_it()
    {
        await NodeModules.EnsureAsync(s_folder);
        using var run = ServerProcess.OfScript(Path.Combine(s_folder, "run"), ["--once"], new Dictionary<string, string>
        {
            ["EXECUTOR_PORT"] = FreePort.Take().ToString(CultureInfo.InvariantCulture),
            ["PORT"] = FreePort.Take().ToString(CultureInfo.InvariantCulture),
            // The tests are built, and other tests run what a build would write.
            ["SKIP_BUILD"] = "1",
        });

        Assert.True(await run.WaitForExitAsync() == 0, run.Output);
        Assert.Contains("sent a receipt over 13 to ada@example.com", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"output\":{\"orderId\":\"17\",\"payment\":\"payment-of-17\",\"total\":13}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_types_are_right()
    {
        await NodeModules.EnsureAsync(s_folder);
        using var check = ServerProcess.OfNode(Path.Combine(s_folder, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "--project", s_folder);

        Assert.True(await check.WaitForExitAsync() == 0, check.Output);
    }
}
