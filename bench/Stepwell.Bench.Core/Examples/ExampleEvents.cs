using System.Globalization;
using System.Text;
using Stepwell.Protocol.Json;

namespace Stepwell.Bench.Core.Examples;

/// <summary>Events, as senders write them and as runs keep them.</summary>
internal static class ExampleEvents
{
    public const string Name = "shop/waiting-list.opened";

    /// <summary>One as it is stored and sent to apps: canonical.</summary>
    public static RawJson Stored { get; } = RawJson.FromString(
        $$$"""{"data":{"amount":129.5,"customer":{"email":"ada.lovelace@example.com","id":"c-4711","name":"Ada Lovelace"},"kind":"paid","opened":true},"id":"opened-4711","name":"{{{Name}}}","ts":1793606400000,"user":{}}""");

    /// <summary>The body of a request with so many events, about 400 bytes each.</summary>
    public static byte[] Request(int count) => Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, count).Select(One))}]");

    private static string One(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {
          "name": "{{Name}}",
          "id": "opened-{{number}}",
          "ts": {{1793606400000 + number}},
          "data": {
            "kind": "paid",
            "opened": true,
            "amount": {{number}}.50,
            "customer": { "name": "Ada Lovelace", "id": "c-{{number}}", "email": "ada.lovelace+{{number}}@example.com" },
            "places": [1, 2, 3, 5, 8, 13, 21],
            "note": "Prefers e-mails in the morning \u2013 and none at week-ends."
          },
          "user": { "external_id": "u-{{number}}" }
        }
        """);
}
