using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Protocol.Ids;
using Stepwell.Sdk.Events;
using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <content>Functions from lambdas: the types of event, services and result are inferred from the lambda's own parameters.</content>
public sealed partial class StepwellClient
{
    /// <summary>Makes a function of this app.</summary>
    /// <param name="options">Its settings. Without triggers it is started by the event of its event type.</param>
    /// <param name="body">What it does. Its services are taken from the scope of each call.</param>
    /// <exception cref="ArgumentException">It has no trigger, or its id is taken.</exception>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, Task<TOut>> body) =>
        Create<TEvent, TOut>(options, (_, run, step) => body(run, step));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent>(FunctionOptions options, Func<RunContext<TEvent>, Step, Task> body) =>
        Create<TEvent, Nothing>(options, async (_, run, step) =>
        {
            await body(run, step);
            return default;
        });

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, T1, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, Task<TOut>> body)
        where T1 : notnull =>
        Create<TEvent, TOut>(options, (services, run, step) => body(run, step, services.GetRequiredService<T1>()));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent, T1>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, Task> body)
        where T1 : notnull =>
        Create<TEvent, Nothing>(options, async (services, run, step) =>
        {
            await body(run, step, services.GetRequiredService<T1>());
            return default;
        });

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, T1, T2, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, Task<TOut>> body)
        where T1 : notnull
        where T2 : notnull =>
        Create<TEvent, TOut>(options, (services, run, step) => body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>()));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent, T1, T2>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, Task> body)
        where T1 : notnull
        where T2 : notnull =>
        Create<TEvent, Nothing>(options, async (services, run, step) =>
        {
            await body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>());
            return default;
        });

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, T1, T2, T3, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, Task<TOut>> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull =>
        Create<TEvent, TOut>(options, (services, run, step) => body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>()));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent, T1, T2, T3>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, Task> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull =>
        Create<TEvent, Nothing>(options, async (services, run, step) =>
        {
            await body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>());
            return default;
        });

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, T1, T2, T3, T4, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, T4, Task<TOut>> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull =>
        Create<TEvent, TOut>(options, (services, run, step) => body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>(), services.GetRequiredService<T4>()));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent, T1, T2, T3, T4>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, T4, Task> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull =>
        Create<TEvent, Nothing>(options, async (services, run, step) =>
        {
            await body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>(), services.GetRequiredService<T4>());
            return default;
        });

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, TOut> CreateFunction<TEvent, T1, T2, T3, T4, T5, TOut>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, T4, T5, Task<TOut>> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
        where T5 : notnull =>
        Create<TEvent, TOut>(options, (services, run, step) => body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>(), services.GetRequiredService<T4>(), services.GetRequiredService<T5>()));

    /// <inheritdoc cref="CreateFunction{TEvent, TOut}(FunctionOptions, Func{RunContext{TEvent}, Step, Task{TOut}})"/>
    public IFunction<TEvent, Nothing> CreateFunction<TEvent, T1, T2, T3, T4, T5>(FunctionOptions options, Func<RunContext<TEvent>, Step, T1, T2, T3, T4, T5, Task> body)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull
        where T4 : notnull
        where T5 : notnull =>
        Create<TEvent, Nothing>(options, async (services, run, step) =>
        {
            await body(run, step, services.GetRequiredService<T1>(), services.GetRequiredService<T2>(), services.GetRequiredService<T3>(), services.GetRequiredService<T4>(), services.GetRequiredService<T5>());
            return default;
        });

    /// <summary>Makes a function of a class that implements <see cref="IStepFunction{TEvent, TOut}"/>.</summary>
    /// <exception cref="ArgumentException">It has no trigger, or its id is taken.</exception>
    public IFunction CreateFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFunction>()
        where TFunction : class, IStepFunction =>
        TFunction.Create<TFunction>(this);

    internal IFunction<TEvent, TOut> Create<TEvent, TOut>(FunctionOptions options, Func<IServiceProvider, RunContext<TEvent>, Step, Task<TOut>> body)
    {
        options.RequireConsistent();
        var triggers = options.Triggers.Count > 0 ? options.Triggers : [Trigger.On(EventNames.Of(typeof(TEvent)))];
        if (!FunctionId.TryParse($"{AppId}-{options.Id}", out var id))
            throw new ArgumentException($"The function id '{options.Id}' is too long: with the app id '{AppId}' it has more than 255 characters.", nameof(options));

        return Add(new Function<TEvent, TOut>(options with { Triggers = triggers }, id, this, body));
    }
}
