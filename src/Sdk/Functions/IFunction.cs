namespace Stepwell.Sdk;

/// <summary>A function that an app serves.</summary>
public interface IFunction
{
    /// <summary>Its settings; the triggers are filled in.</summary>
    FunctionOptions Options { get; }
}
