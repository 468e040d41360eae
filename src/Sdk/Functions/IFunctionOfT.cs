namespace Stepwell.Sdk;

/// <summary>A function with the types of its event and its result.</summary>
public interface IFunction<TEvent, TOut> : IFunction;
