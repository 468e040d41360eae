using System.Diagnostics.CodeAnalysis;

namespace Stepwell.Sdk.Serving;

/// <summary>Adds functions to an app. The adapters make it.</summary>
/// <param name="client">The app's client.</param>
public sealed class StepwellBuilder(StepwellClient client)
{
    /// <summary>Adds a function that is a class. Functions made by <c>client.CreateFunction</c> with a lambda are there already.</summary>
    /// <exception cref="ArgumentException">It has no trigger, or its id is taken.</exception>
    public StepwellBuilder AddFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFunction>()
        where TFunction : class, IStepFunction
    {
        client.CreateFunction<TFunction>();
        return this;
    }
}
