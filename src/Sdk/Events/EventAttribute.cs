namespace Stepwell.Sdk;

/// <summary>Names the event whose data a type describes.</summary>
/// <param name="name">1 to 512 characters; names that begin with <c>inngest/</c> are reserved.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventAttribute(string name) : Attribute
{
    /// <summary>The event's name.</summary>
    public string Name { get; } = name;
}
