using System.Text;
using CsCheck;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Bodies of requests and answers: valid ones, those with something changed in the tree or in the bytes, other JSON, and anything at all.</summary>
internal static class Bodies
{
    private static readonly byte[][] s_spans =
    [
        [0xef, 0xbb, 0xbf], [0xff], [0xc0, 0x80], [0xed, 0xa0, 0xbd], [0xf4, 0x90, 0x80, 0x80], [0], [0xfe, 0xff], "\""u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(), ","u8.ToArray(), "\\u"u8.ToArray(), "\\ud83d"u8.ToArray(), " "u8.ToArray(),
    ];

    /// <summary>Anything, most of it no JSON.</summary>
    public static Gen<byte[]> Any { get; } = Gen.OneOf(
        Gen.Byte.Array[0, 60],
        AnyText.Any.Select(Encoding.UTF8.GetBytes),
        Gen.Select(Gen.Int[1, 5_000], Gen.OneOf("[", "{\"a\":", "\""), (times, text) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times)))));

    public static Gen<byte[]> Of(Gen<JsonTree> valid)
    {
        var texts = valid.Select(tree => Encoding.UTF8.GetBytes(tree.ToString()));
        return Gen.Frequency(
            (2, texts),
            (6, Mutated(valid).Select(tree => Encoding.UTF8.GetBytes(tree.ToString()))),
            (2, MutatedBytes(texts)),
            (1, AnyJson.Any.Select(tree => Encoding.UTF8.GetBytes(tree.ToString()))),
            (1, Any));
    }

    /// <summary>A tree with one to three of its values gone, twice there, replaced, of another type, or wrapped.</summary>
    public static Gen<JsonTree> Mutated(Gen<JsonTree> valid) => Gen.Select(
        valid,
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 9], AnyJson.Any).Array[1, 3],
        (tree, changes) => changes.Aggregate(tree, (changed, change) => changed.Change(change.Item1 % changed.Count, one => Changed(one, change.Item2, change.Item3))));

    private static Gen<byte[]> MutatedBytes(Gen<byte[]> texts) => Gen.Select(texts, Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.OneOf(s_spans), Gen.Int[0, 3], (text, from, length, other, kind) =>
    {
        var start = from % (text.Length + 1);
        var end = Math.Min(start + length, text.Length);
        byte[] changed = kind switch
        {
            0 => [.. text[..start], .. other, .. text[end..]],
            1 => [.. text[..start], .. text[end..]],
            2 => text[..start],
            _ => [.. other, .. text],
        };
        return changed;
    });

    private static JsonTree[] Changed(JsonTree one, int kind, JsonTree other) => kind switch
    {
        0 => [],
        1 => [one, one],
        2 => [one, other],
        3 => [JsonTree.ListOf(one)],
        4 => [JsonTree.Of(("data", one))],
        5 => [new JsonTree.Leaf(AnyJson.Quoted(one.ToString()))],
        6 => [new JsonTree.Leaf(one.ToString().Trim('"'))],
        _ => [other],
    };
}
