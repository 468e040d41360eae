using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Stepwell.Sdk;

/// <summary>A function as a class. Implement <see cref="IStepFunction{TEvent, TOut}"/>.</summary>
public interface IStepFunction
{
    /// <summary>The function's settings. They are static, so that they are known without building an instance.</summary>
    static abstract FunctionOptions Options { get; }

    /// <summary>Makes the function; the interface with the types does it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract IFunction Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSelf>(StepwellClient client)
        where TSelf : class, IStepFunction;
}
