using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Calls;

/// <summary>A step's stored result, as it is sent along with a call.</summary>
public abstract record Memo
{
    private Memo() { }

    /// <summary>The step returned: <c>{"data":…}</c>.</summary>
    public sealed record Data(RawJson Value) : Memo;

    /// <summary>The step failed for good: <c>{"error":…}</c>.</summary>
    public sealed record Error(RawJson Failure) : Memo;

    /// <summary>The value stands for itself: <c>null</c> of a sleep or a timeout, the event of a wait, what a legacy step reported.</summary>
    public sealed record Bare(RawJson Value) : Memo;

    /// <summary>The step is not done and runs with these arguments: <c>{"input":[…]}</c>. Sent by servers that rerun a function from a step.</summary>
    public sealed record Input(RawJson Arguments) : Memo;

    /// <summary>The memo of a sleep that is over.</summary>
    public static Memo Nothing { get; } = new Bare(RawJson.Null);

    /// <summary>The value without its wrapping.</summary>
    public RawJson Content => this switch
    {
        Data data => data.Value,
        Error error => error.Failure,
        Bare bare => bare.Value,
        Input input => input.Arguments,
        _ => throw new InvalidOperationException("A memo is data, an error, bare or an input."),
    };

    /// <summary>The memo as the JSON that calls carry.</summary>
    public RawJson ToWire() => this switch
    {
        Data data => Wrap("data", data.Value),
        Error error => Wrap("error", error.Failure),
        Input input => Wrap("input", input.Arguments),
        _ => Content,
    };

    /// <summary>
    /// Reads a memo from a call. Wrapped is only an object with the one member <c>data</c>, <c>error</c> or <c>input</c>, beside at most the
    /// <c>type</c> that repeats its name; everything else stands for itself.
    /// </summary>
    public static Memo FromWire(RawJson json)
    {
        if (json.Utf8.Span[0] != (byte)'{')
            return new Bare(json);

        using var document = json.Parse();
        string? type = null;
        string? kind = null;
        JsonElement content = default;
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var name = LenientText.NameOf(member);
            if (name == "type" && member.Value.ValueKind == JsonValueKind.String && type is null)
                type = LenientText.Of(member.Value);
            else if (kind is null && name is ("data" or "error" or "input"))
                (kind, content) = (name, member.Value);
            else
                return new Bare(json);
        }

        if (kind is null || (type is not null && type != kind))
            return new Bare(json);

        var value = RawJson.FromElement(content);
        return kind switch
        {
            "data" => new Data(value),
            "error" => new Error(value),
            _ => new Input(value),
        };
    }

    private static RawJson Wrap(string key, RawJson value)
    {
        var head = Encoding.UTF8.GetBytes($"{{\"{key}\":");
        var wrapped = new byte[head.Length + value.Length + 1];
        head.CopyTo(wrapped, 0);
        value.Utf8.Span.CopyTo(wrapped.AsSpan(head.Length));
        wrapped[^1] = (byte)'}';
        return new RawJson(wrapped);
    }
}
