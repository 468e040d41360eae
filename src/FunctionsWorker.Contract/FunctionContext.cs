namespace Microsoft.Azure.Functions.Worker;

public abstract class FunctionContext
{
    public abstract IServiceProvider InstanceServices { get; set; }
}
