using Stepwell.Protocol.Tests.Recordings;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>In what the C# SDK's answers differ from the shipped SDK's, and why.</summary>
/// <param name="Reason">Why it is so.</param>
/// <param name="Explains">Whether it is the reason of a difference in the answer to a message.</param>
internal sealed record KnownDifference(string Reason, Func<Exchange, string, bool> Explains);
