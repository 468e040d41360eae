using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Stepwell.Sdk;

/// <summary>A function as a class, whose dependencies come through its constructor. Each call gets an instance of its own.</summary>
public interface IStepFunction<TEvent, TOut> : IStepFunction
{
    /// <summary>The function.</summary>
    Task<TOut> RunAsync(RunContext<TEvent> run, Step step);

    static IFunction IStepFunction.Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSelf>(StepwellClient client) =>
        client.Create<TEvent, TOut>(
            TSelf.Options,
            (services, run, step) => ((IStepFunction<TEvent, TOut>)(object)ActivatorUtilities.CreateInstance<TSelf>(services)).RunAsync(run, step));
}
