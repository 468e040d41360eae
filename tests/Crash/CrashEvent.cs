using Stepwell.Crash.App;

namespace Stepwell.Crash.Tests;

/// <summary>An event that is sent until it is accepted.</summary>
/// <param name="Shape">The function that it starts.</param>
/// <param name="Order">Its data; the key is its id too.</param>
public sealed record CrashEvent(string Shape, Order Order)
{
    public override string ToString() => $"{Shape} {Order.Key} [{string.Join(' ', Order.Numbers)}]";
}
