using System.Security.Cryptography;
using System.Text;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The keys of waits: a partition a place, and beside them one a topic that lists by which fields its waits are found.</summary>
internal static class WaitKeys
{
    /// <summary>The partition of a place.</summary>
    public static string Partition(WaitPlace place) => $"w-{Hash($"{place.Topic.Length}:{place.Topic}|{place.Fields.Length}:{place.Fields}|{place.Value}")}";

    /// <summary>The partition of a topic's list of fields.</summary>
    public static string Partition(string topic) => $"t-{Hash(topic)}";

    /// <summary>The row of a topic's fields.</summary>
    public static string Row(string fields) => Hash(fields);

    // Names and values are any text, of any length, and a key is not.
    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
