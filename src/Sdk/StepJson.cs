using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk;

/// <summary>The user's values as JSON, through the type metadata that the client was given.</summary>
internal sealed class StepJson(JsonSerializerOptions options)
{
    /// <summary>The values of the library itself.</summary>
    public static StepJson Own { get; } = new(SdkJson.Default.Options);

    /// <summary>Requires that a type can be written and read before any work is done for it.</summary>
    /// <exception cref="NonRetriableException">The client's JSON metadata does not know the type.</exception>
    public void Require<T>()
    {
        if (typeof(T) != typeof(Nothing))
            _ = TypeOf<T>();
    }

    /// <exception cref="NonRetriableException">The value cannot be JSON: it refers to itself, or holds what JSON has no form for. Another try would not change that.</exception>
    public RawJson Write<T>(T value, string what)
    {
        if (value is null || typeof(T) == typeof(Nothing))
            return RawJson.Null;

        var type = TypeOf<T>();
        try
        {
            return Canonical(JsonSerializer.SerializeToUtf8Bytes(value, type), what);
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or ArgumentException)
        {
            throw new NonRetriableException($"{what} cannot be written as JSON from {typeof(T)}: {exception.Message}", exception);
        }
    }

    /// <exception cref="NonRetriableException">The JSON does not fit the type.</exception>
    public T Read<T>(RawJson json, string what)
    {
        if (typeof(T) == typeof(Nothing))
            return default!;

        try
        {
            return JsonSerializer.Deserialize(json.Utf8.Span, TypeOf<T>())!;
        }
        catch (JsonException exception)
        {
            throw new NonRetriableException($"{what} cannot be read as {typeof(T)}: {exception.Message} If the type has changed, give the step another id.", exception);
        }
    }

    public Event<TData> ReadEvent<TData>(RawJson json)
    {
        using var document = json.Parse();
        var root = document.RootElement;
        var name = Text(root, "name");
        return new Event<TData>(
            Text(root, "id"),
            name,
            Read<TData>(root.TryGetProperty("data", out var data) ? RawJson.FromElement(data) : RawJson.Null, $"The data of event '{name}'"),
            root.TryGetProperty("ts", out var ts) && ts.ValueKind == JsonValueKind.Number && ts.TryGetInt64(out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default);
    }

    /// <summary>A value whose type is known only at run time, such as an event's.</summary>
    /// <exception cref="NonRetriableException">It holds an integer that a double cannot hold.</exception>
    public RawJson WriteObject(object value, Type type) => Canonical(JsonSerializer.SerializeToUtf8Bytes(value, Find(type)), $"The data of {type}");

    /// <summary>What a property is called in JSON.</summary>
    public string NameOf(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? options.PropertyNamingPolicy?.ConvertName(member.Name) ?? member.Name;

    private static RawJson Canonical(byte[] json, string what) => ExactIntegers.FirstRounded(json) is { } rounded
        ? throw new NonRetriableException($"{what} holds the number {rounded}, which would arrive as another one: numbers on the wire are doubles, exact to 2^53. Make it a string, for instance with [JsonNumberHandling].")
        : CanonicalJson.Canonicalize(json);

    private JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Find(typeof(T));

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // The library's own types are known without the app's help.
    private JsonTypeInfo Find(Type type) => options.TryGetTypeInfo(type, out var found) || SdkJson.Default.Options.TryGetTypeInfo(type, out found)
        ? found
        : throw new NonRetriableException($"The client's JSON context does not know the type {type}. Add [JsonSerializable(typeof({type.Name}))] to it.");
}
