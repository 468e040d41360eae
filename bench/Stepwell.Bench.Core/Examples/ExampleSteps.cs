using System.Globalization;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Bench.Core.Examples;

/// <summary>The steps of a function that invites the people of a waiting list.</summary>
internal static class ExampleSteps
{
    public static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"invite customer {place}");

    public static StepKey KeyOf(int place) => StepKey.Hash(NameOf(place));

    /// <summary>What the step gives, canonical.</summary>
    public static RawJson ResultOf(int place) => RawJson.FromString(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"customer":"Ada Lovelace {{place}}","email":"ada.lovelace+{{place}}@example.com","place":{{place}},"sentAt":"2026-11-02T08:00:00Z"}"""));
}
