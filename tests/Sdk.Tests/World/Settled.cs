using System.Text.Json;

namespace Stepwell.Sdk.Tests.World;

/// <summary>A settled step as the executor sends it along.</summary>
/// <param name="Step">The step's id as the user wrote it; <c>id:1</c> for its first repetition.</param>
/// <param name="Memo">The memo's JSON.</param>
internal sealed record Settled(string Step, string Memo)
{
    public static Settled With(string step, object? result) => new(step, $"{{\"data\":{JsonSerializer.Serialize(result)}}}");

    public static Settled Slept(string step) => new(step, "null");

    public static Settled Failed(string step, string error) => new(step, $"{{\"error\":{error}}}");
}
