using System.Text;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Json;

/// <summary>The canonical form from text to text.</summary>
internal static class Canonical
{
    public static string Of(string json) => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)).ToString();
}
