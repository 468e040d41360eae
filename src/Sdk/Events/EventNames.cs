using System.Reflection;

namespace Stepwell.Sdk.Events;

/// <summary>The event names of types.</summary>
internal static class EventNames
{
    public static string? Find(Type type) => type.GetCustomAttribute<EventAttribute>()?.Name;

    public static string Of(Type type) => Find(type)
        ?? throw new ArgumentException($"The type {type} has no [Event(\"name\")] attribute, so the name of its event is not known. Add one, or use an Event.");
}
