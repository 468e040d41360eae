using System.Diagnostics.CodeAnalysis;
using Stepwell.Sdk;

namespace Stepwell.AspNetCore;

/// <summary>Adds functions to an app.</summary>
public sealed class StepwellBuilder
{
    private readonly StepwellClient _client;

    internal StepwellBuilder(StepwellClient client) => _client = client;

    /// <summary>Adds a function that is a class. Functions made by <c>client.CreateFunction</c> with a lambda are there already.</summary>
    /// <exception cref="ArgumentException">It has no trigger, or its id is taken.</exception>
    public StepwellBuilder AddFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFunction>()
        where TFunction : class, IStepFunction
    {
        _client.CreateFunction<TFunction>();
        return this;
    }
}
