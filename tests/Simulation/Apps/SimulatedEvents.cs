using System.Security.Cryptography;
using System.Text;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Simulation.Tests;

/// <summary>The events of the simulation: each has a key.</summary>
internal static class SimulatedEvents
{
    /// <summary>The event that a step of a function waits for.</summary>
    public static string NameOf(FunctionId function, string step) => $"sim/{function}/{step}";

    /// <summary>The header that names the request in which an event is sent.</summary>
    public static string Seed(string id) => $"1767225600000,{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id))[..10])}";

    public static string IdOf(RawJson happened)
    {
        using var document = happened.Parse();
        return document.RootElement.GetProperty("id").GetString()!;
    }

    public static byte[] Body(string name, string key, string id) => Encoding.UTF8.GetBytes($$"""{"data":{"key":"{{key}}"},"id":"{{id}}","name":"{{name}}"}""");
}
