namespace Stepwell.Bench.Core.Replay;

internal sealed record Customer(string Id, string Name, string Email);
