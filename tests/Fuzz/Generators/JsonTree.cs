using System.Collections.Immutable;
using System.Text;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>A text that is meant to be JSON and need not be any: members may repeat, and a leaf is whatever text stands there.</summary>
internal abstract record JsonTree
{
    private JsonTree()
    {
    }

    /// <summary>A text as it stands: a literal, or what is none.</summary>
    public sealed record Leaf(string Text) : JsonTree;

    public sealed record List(ImmutableArray<JsonTree> Items) : JsonTree;

    /// <param name="Members">Each with its name as it stands between the quotes.</param>
    public sealed record Object(ImmutableArray<(string Name, JsonTree Value)> Members) : JsonTree;

    public static JsonTree Null { get; } = new Leaf("null");

    /// <summary>A string of letters that need no escape.</summary>
    public static JsonTree Of(string text) => new Leaf($"\"{text}\"");

    /// <summary>The members that are there.</summary>
    public static JsonTree Of(params IEnumerable<(string Name, JsonTree? Value)> members) =>
        new Object([.. members.Where(member => member.Value is not null).Select(member => (member.Name, member.Value!))]);

    public static JsonTree ListOf(params IEnumerable<JsonTree> items) => new List([.. items]);

    /// <summary>This and all that is in it.</summary>
    public int Count => this switch
    {
        List list => 1 + list.Items.Sum(item => item.Count),
        Object json => 1 + json.Members.Sum(member => member.Value.Count),
        _ => 1,
    };

    /// <summary>The tree with what stands at a place, counted from this as 0 in the order of the text, turned into none, one or several.</summary>
    public JsonTree Change(int place, Func<JsonTree, IEnumerable<JsonTree>> change) => ChangeAt(ref place, change).ToArray() switch
    {
        [] => Null,
        [var one] => one,
        var several => ListOf(several),
    };

    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private IEnumerable<JsonTree> ChangeAt(ref int place, Func<JsonTree, IEnumerable<JsonTree>> change)
    {
        if (place-- == 0)
            return change(this);

        if (place < 0)
            return [this];

        switch (this)
        {
            case List list:
                var items = new List<JsonTree>();
                foreach (var item in list.Items)
                    items.AddRange(item.ChangeAt(ref place, change));

                return [ListOf(items)];
            case Object json:
                var members = new List<(string, JsonTree?)>();
                foreach (var (name, value) in json.Members)
                    members.AddRange(value.ChangeAt(ref place, change).Select(changed => (name, (JsonTree?)changed)));

                return [Of(members)];
            default:
                return [this];
        }
    }

    private void Write(StringBuilder text)
    {
        switch (this)
        {
            case Leaf leaf:
                text.Append(leaf.Text);
                break;
            case List list:
                text.Append('[');
                for (var i = 0; i < list.Items.Length; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    list.Items[i].Write(text);
                }

                text.Append(']');
                break;
            case Object json:
                text.Append('{');
                for (var i = 0; i < json.Members.Length; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append('"').Append(json.Members[i].Name).Append("\":");
                    json.Members[i].Value.Write(text);
                }

                text.Append('}');
                break;
        }
    }
}
