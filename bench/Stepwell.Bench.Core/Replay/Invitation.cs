namespace Stepwell.Bench.Core.Replay;

/// <summary>What a step gives.</summary>
internal sealed record Invitation(string Customer, string Email, int Place, DateTimeOffset SentAt);
