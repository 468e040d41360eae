namespace Stepwell.Sdk.Tests.World;

[Event("shop/started")]
internal sealed record Started(int Number = 0, string Customer = "");
