using System.Text.RegularExpressions;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>In what the C# SDK's answers differ from the shipped SDK's, and why.</summary>
/// <param name="Reason">Why it is so.</param>
/// <param name="Pattern">The differences that it is the reason of, each as <c>where: recorded → answered</c>.</param>
/// <param name="Where">The answers in which it is: to a recorded exchange or an unusual message, by its name.</param>
internal sealed record KnownDifference(string Reason, string Pattern, Func<string, bool> Where)
{
    public bool Explains(string message, string difference) => Where(message) && Regex.IsMatch(difference, Pattern);
}
