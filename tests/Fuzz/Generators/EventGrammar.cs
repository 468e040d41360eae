using CsCheck;

namespace Stepwell.Fuzz.Tests.Generators;

/// <summary>Events as SDKs send them.</summary>
internal static class EventGrammar
{
    private static readonly Gen<JsonTree> s_name = Gen.OneOf("shop/order", "shop/paid", "shop/import", "a", "user.created").Select(JsonTree.Of);

    private static readonly Gen<JsonTree> s_data = Gen.OneOf("{}", "null", "{\"customer\":\"u1\",\"amount\":5}", "{\"customer\":\"u2\",\"_inngest\":{\"fn_id\":\"x\"}}", "{\"deep\":{\"list\":[1,{\"x\":null}]},\"text\":\"\\ud83d\"}")
        .Select(text => (JsonTree)new JsonTree.Leaf(text));

    private static readonly Gen<JsonTree?> s_id = Gen.OneOf<JsonTree?>(null, JsonTree.Of("e1"), JsonTree.Of("e2"), JsonTree.Of(""));

    private static readonly Gen<JsonTree?> s_time = Gen.OneOf<JsonTree?>(null, new JsonTree.Leaf("0"), new JsonTree.Leaf("1795491803494"), JsonTree.Null);

    private static readonly Gen<JsonTree?> s_object = Gen.OneOf<JsonTree?>(null, JsonTree.Of(), JsonTree.Of(("id", JsonTree.Of("x"))), JsonTree.Null);

    public static Gen<JsonTree> One { get; } = Gen.Select(s_name, s_data, s_id, s_time, s_object, s_object, Gen.OneOf<JsonTree?>(null, JsonTree.Of("1")), (name, data, id, time, user, meta, version) =>
        JsonTree.Of(("name", name), ("data", data), ("id", id), ("ts", time), ("user", user), ("meta", meta), ("v", version)));

    public static Gen<JsonTree> OneOrSeveral { get; } = Gen.OneOf(One, One.Array[0, 4].Select(events => JsonTree.ListOf(events)));
}
