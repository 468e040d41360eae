namespace Stepwell.Sdk;

/// <summary>The result of a function that has none. On the wire it is JSON <c>null</c>.</summary>
public readonly record struct Nothing
{
    /// <summary>The one value.</summary>
    public static Nothing Value => default;
}
