using Stepwell.FunctionsWorker.Contract;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        new((WorkerContract.CreateHost ?? throw new PlatformNotSupportedException(WorkerContract.NotDeployable))(args));
}
