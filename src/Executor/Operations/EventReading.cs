using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Reads the body of the event API: one event or an array of them. One that is wrong refuses them all, so that a sender never has to find out which were taken.</summary>
public static class EventReading
{
    private const int MaxIdLength = 512;
    private const string Reserved = "inngest/";
    private const string ReservedMember = "_inngest";

    private static readonly long s_earliest = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long s_latest = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <param name="body">The request's body.</param>
    /// <param name="idOf">Gives the internal id of the event at a position from 1.</param>
    /// <param name="now">The time of events that name none.</param>
    /// <exception cref="RefusedException">Something is wrong; the message names the field and the value.</exception>
    public static ImmutableArray<IncomingEvent> Read(ReadOnlyMemory<byte> body, Func<int, string> idOf, DateTimeOffset now)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
            return [ReadOne("the event", root, idOf(1), now)];

        if (root.ValueKind != JsonValueKind.Array)
            throw new RefusedException($"The body is {Show(root)}; it must be an event (an object) or an array of events.");

        if (root.GetArrayLength() > ProtocolLimits.MaxEventsPerRequest)
            throw new RefusedException($"The body holds {root.GetArrayLength()} events; the most in one request is {ProtocolLimits.MaxEventsPerRequest}.");

        return [.. root.EnumerateArray().Select((one, at) => ReadOne($"events[{at}]", one, idOf(at + 1), now))];
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return CanonicalJson.Canonicalize(body).Parse();
        }
        catch (JsonException exception)
        {
            throw new RefusedException($"The body is not JSON: {exception.Message}");
        }
    }

    private static IncomingEvent ReadOne(string place, JsonElement one, string internalId, DateTimeOffset now)
    {
        if (one.ValueKind != JsonValueKind.Object)
            throw new RefusedException($"{place} is {Show(one)}; an event is an object.");

        var size = RawJson.FromElement(one).Length;
        if (size > ProtocolLimits.MaxEventBytes)
            throw new RefusedException($"{place} has {size} bytes; the limit is {ProtocolLimits.MaxEventBytes} (512 KiB).");

        var name = Name(place, one);
        var id = Text(place, one, "id");
        if (id is { Length: > MaxIdLength })
            throw new RefusedException($"{place}.id has {id.Length} characters; the limit is {MaxIdLength}.");

        var json = Write(place, one, internalId, now);
        return new IncomingEvent(internalId, string.IsNullOrEmpty(id) ? internalId : id, name, json);
    }

    private static string Name(string place, JsonElement one)
    {
        var name = Text(place, one, "name");
        if (string.IsNullOrWhiteSpace(name))
            throw new RefusedException($"{place}.name is {(name is null ? "missing" : "empty")}; an event needs a name.");

        if (name.Length > ProtocolLimits.MaxEventNameLength)
            throw new RefusedException($"{place}.name has {name.Length} characters ('{name[..40]}…'); the limit is {ProtocolLimits.MaxEventNameLength}.");

        return name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)
            ? throw new RefusedException($"{place}.name is '{name}': event name is reserved for internal use.")
            : name;
    }

    /// <summary>The event as apps receive it. Its members are written in canonical order, and their values are canonical already.</summary>
    private static RawJson Write(string place, JsonElement one, string internalId, DateTimeOffset now)
    {
        var text = new StringBuilder("{");
        Add("data", Data(place, one));
        Add("id", Text(place, one, "id") is { Length: > 0 } ? Member(one, "id")! : $"\"{internalId}\"");
        if (Object(place, one, "meta") is { } meta)
            Add("meta", meta);

        Add("name", Member(one, "name")!);
        Add("ts", Timestamp(place, one, now).ToString(CultureInfo.InvariantCulture));
        Add("user", Object(place, one, "user") ?? "{}");
        if (Text(place, one, "v") is not null)
            Add("v", Member(one, "v")!);

        return RawJson.FromString(text.Append('}').ToString());

        void Add(string name, string json) => text.Append(text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":").Append(json);
    }

    private static string Data(string place, JsonElement one)
    {
        if (Object(place, one, "data") is not { } data)
            return "{}";

        var element = LenientText.Member(one, "data")!.Value;
        if (LenientText.Member(element, ReservedMember) is null)
            return data;

        // What the executor itself adds to events must not come from outside.
        var members = element.EnumerateObject().Where(member => LenientText.NameOf(member) != ReservedMember);
        return $"{{{string.Join(',', members.Select(member => $"{Quoted(member)}:{member.Value.GetRawText()}"))}}}";
    }

    private static string Quoted(JsonProperty member) =>
        $"\"{Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(member))}\"";

    private static long Timestamp(string place, JsonElement one, DateTimeOffset now)
    {
        if (LenientText.Member(one, "ts") is not { ValueKind: not JsonValueKind.Null } ts)
            return now.ToUnixTimeMilliseconds();

        if (ts.ValueKind != JsonValueKind.Number || !ts.TryGetInt64(out var milliseconds))
            throw new RefusedException($"{place}.ts is {Show(ts)}; it must be a whole number of milliseconds since 1970.");

        if (milliseconds == 0)
            return now.ToUnixTimeMilliseconds();

        return milliseconds >= s_earliest && milliseconds < s_latest
            ? milliseconds
            : throw new RefusedException($"{place}.ts is {milliseconds}; it must lie in the years 1980 to 2099, in milliseconds since 1970.");
    }

    private static string? Text(string place, JsonElement one, string name)
    {
        if (LenientText.Member(one, name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;

        if (value.ValueKind != JsonValueKind.String)
            throw new RefusedException($"{place}.{name} is {Show(value)}; it must be a string.");

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new RefusedException($"{place}.{name} is {value.GetRawText()}, which holds half of a surrogate pair and so is no Unicode text.");
        }
    }

    private static string? Object(string place, JsonElement one, string name)
    {
        if (LenientText.Member(one, name) is not { ValueKind: not JsonValueKind.Null } value)
            return null;

        return value.ValueKind == JsonValueKind.Object
            ? value.GetRawText()
            : throw new RefusedException($"{place}.{name} is {Show(value)}; it must be an object.");
    }

    private static string? Member(JsonElement one, string name) => LenientText.Member(one, name)?.GetRawText();

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : $"{text[..60]}…";
    }
}
