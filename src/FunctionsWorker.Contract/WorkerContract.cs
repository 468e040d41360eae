using Microsoft.Extensions.Hosting;

namespace Stepwell.FunctionsWorker.Contract;

/// <summary>What the declarations of this project are good for: a host of the tests may run what is built on them, Azure Functions cannot.</summary>
internal static class WorkerContract
{
    public const string NotDeployable =
        "This program is built on the contract of the Azure Functions worker, for tests: it cannot be deployed, nor run by the Functions host. " +
        "Build it with -p:FunctionsWorker=official, as infra/deploy.sh does.";

    /// <summary>Set by the host of the tests, from which it takes what the official worker would bring.</summary>
    public static Func<string[], HostApplicationBuilder>? CreateHost { get; set; }
}
