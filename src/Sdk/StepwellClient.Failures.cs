using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <content>What is done about runs that fail.</content>
public sealed partial class StepwellClient
{
    private const int FailureRetries = 1;

    /// <summary>
    /// Makes a function that is started when a run of another fails for good: <c>&lt;id&gt;-failure</c>, with one retry. It has steps like any other.
    /// </summary>
    /// <param name="function">The other function, of this app.</param>
    /// <param name="body">What it does. Its services are taken from the scope of each call.</param>
    /// <exception cref="ArgumentException">The function was not made by a client, or has such a function already.</exception>
    public IFunction<FunctionFailed, Nothing> OnFailure(IFunction function, Func<RunContext<FunctionFailed>, Step, Task> body) =>
        CreateFunction(FailureOptions(function), body);

    /// <inheritdoc cref="OnFailure(IFunction, Func{RunContext{FunctionFailed}, Step, Task})"/>
    public IFunction<FunctionFailed, Nothing> OnFailure<T1>(IFunction function, Func<RunContext<FunctionFailed>, Step, T1, Task> body)
        where T1 : notnull =>
        CreateFunction(FailureOptions(function), body);

    /// <inheritdoc cref="OnFailure(IFunction, Func{RunContext{FunctionFailed}, Step, Task})"/>
    public IFunction<FunctionFailed, Nothing> OnFailure<T1, T2>(IFunction function, Func<RunContext<FunctionFailed>, Step, T1, T2, Task> body)
        where T1 : notnull
        where T2 : notnull =>
        CreateFunction(FailureOptions(function), body);

    private static FunctionOptions FailureOptions(IFunction function)
    {
        var id = (function as Function ?? throw new ArgumentException("The function was not made by a StepwellClient.", nameof(function))).Id.Value;
        var escaped = id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
        return new FunctionOptions($"{function.Options.Id}-failure")
        {
            Name = $"{function.Options.Name ?? function.Options.Id} (failure)",
            Retries = FailureRetries,
            Triggers = [Trigger.On("inngest/function.failed", $"event.data.function_id == '{escaped}'")],
        };
    }
}
