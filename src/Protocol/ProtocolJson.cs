using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Protocol.Registration;

namespace Stepwell.Protocol;

/// <summary>Source-generated JSON of everything on the wire. A value that nests as deep as <see cref="CanonicalJson.MaxDepth"/> still travels inside a call.</summary>
[JsonSourceGenerationOptions(MaxDepth = MaxDepth)]
[JsonSerializable(typeof(Op))]
[JsonSerializable(typeof(IReadOnlyList<Op>))]
[JsonSerializable(typeof(CallRequest))]
[JsonSerializable(typeof(CheckpointRequest))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(StepNotFoundReply))]
[JsonSerializable(typeof(MessageReply))]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(IReadOnlyList<EventEnvelope>))]
[JsonSerializable(typeof(SendEventsReply))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterReply))]
[JsonSerializable(typeof(InBandSyncRequest))]
[JsonSerializable(typeof(InBandSyncReply))]
[JsonSerializable(typeof(Introspection))]
[JsonSerializable(typeof(IReadOnlyList<RawJson>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, RawJson>))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>The deepest nesting of anything on the wire: a value and what is wrapped around it.</summary>
    public const int MaxDepth = CanonicalJson.MaxDepth + 16;

    /// <summary>Options for reading a document of the wire.</summary>
    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth };
}
