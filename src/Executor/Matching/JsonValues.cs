using System.Text.Json;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Matching;

/// <summary>Values of JSON as the language has them: numbers are doubles, objects stay as they are until something is asked of them.</summary>
internal static class JsonValues
{
    public static MatchValue Read(JsonElement json, Evaluation evaluation) => json.ValueKind switch
    {
        JsonValueKind.True => MatchValue.Bool.True,
        JsonValueKind.False => MatchValue.Bool.False,
        JsonValueKind.Number => new MatchValue.DoubleNumber(json.TryGetDouble(out var number) ? number : double.NaN),
        JsonValueKind.String => new MatchValue.Text(TextOf(json)),
        JsonValueKind.Array => List(json, evaluation),
        JsonValueKind.Object => new MatchValue.JsonObject(json),
        JsonValueKind.Undefined => MatchValue.Null.Missing,
        _ => MatchValue.Null.Instance,
    };

    /// <summary>A member of an object; undefined when it has none of this name. Of equal names the last one counts.</summary>
    public static JsonElement Member(JsonElement json, string name)
    {
        try
        {
            return json.TryGetProperty(name, out var member) ? member : default;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, in this name or in one of the object's: System.Text.Json does not read those.
            return LenientText.Member(json, name) ?? default;
        }
    }

    public static Dictionary<MatchValue, MatchValue> Members(JsonElement json, Evaluation evaluation)
    {
        var members = new Dictionary<MatchValue, MatchValue>();
        foreach (var member in json.EnumerateObject())
        {
            if (!evaluation.Spend(1))
                break;

            members[new MatchValue.Text(LenientText.NameOf(member))] = Read(member.Value, evaluation);
        }

        return members;
    }

    private static MatchValue.List List(JsonElement json, Evaluation evaluation) => evaluation.Spend(json.GetArrayLength())
        ? new MatchValue.List([.. json.EnumerateArray().Select(item => Read(item, evaluation))])
        : new MatchValue.List([]);

    private static string TextOf(JsonElement json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return LenientText.Of(json);
        }
    }
}
