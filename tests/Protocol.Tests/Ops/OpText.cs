using System.Text.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Ops;

/// <summary>Ops from text and back.</summary>
internal static class OpText
{
    public const string Id = "11f6ad8ec52a2984abaafd7c3b516503785c2072";

    public static Op Read(string json) => JsonSerializer.Deserialize(json, ProtocolJson.Default.Op)!;

    public static T Read<T>(string json)
        where T : Op => Assert.IsType<T>(Read(json));

    /// <summary>An op with an id and a code, and what else it is to have.</summary>
    public static T Read<T>(string code, string members)
        where T : Op => Read<T>(Of(code, members));

    public static string Of(string code, string members) => $"{{\"id\":\"{Id}\",\"op\":\"{code}\"{(members.Length > 0 ? "," : "")}{members}}}";

    public static string Print(Op op) => JsonSerializer.Serialize(op, ProtocolJson.Default.Op);
}
