using System.Text;
using CsCheck;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever is sent to the event API: it is taken whole and is there, or it is refused with a sentence and nothing of it is there.</summary>
public class EventBodyTests
{
    private static readonly (string Field, string[] Wrong)[] s_fields =
    [
        ("name", ["1", "{}", "[]", "true", "null", "\"\"", "\" \"", "\"\\ud83d\"", "\"inngest/x\""]),
        ("data", ["1", "\"x\"", "[]", "true"]),
        ("id", ["1", "{}", "[]", "true", "\"\\ud83d\""]),
        ("ts", ["\"1\"", "{}", "[]", "1.5", "1", "-1", "9223372036854775807", "1e30"]),
        ("user", ["1", "\"x\"", "[]", "false"]),
        ("meta", ["1", "\"x\"", "[]", "false"]),
        ("v", ["1", "{}", "[]", "true"]),
    ];

    private static readonly Gen<byte[]> s_bodies = Bodies.Of(EventGrammar.OneOrSeveral);

    private static readonly Gen<string?> s_seeds = Gen.OneOf(Gen.OneOf<string?>(null, "1795491803494,/8dVSxSz7/7N+g=="), AnyText.Mutated(Gen.Const("1795491803494,/8dVSxSz7/7N+g==")).Select(seed => (string?)seed));

    [Fact]
    public async Task An_event_body_is_taken_whole_or_refused_with_a_sentence()
    {
        var (taken, refused) = (0, 0);
        await Cases.CheckAsync(
            Gen.Select(s_bodies, s_seeds),
            async input =>
            {
                await using var world = new ExecutorWorld();
                await world.RegisterAsync();
                var headers = new Dictionary<string, string>();
                if (input.Item2 is { } seed)
                    headers["x-inngest-event-id-seed"] = seed;

                var answer = await world.AskAsync("POST", "/e/key", input.Item1, headers: headers);

                var ids = answer.Json.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).ToArray();
                var stored = await world.EventsAsync();
                if (answer.IsDone())
                {
                    Assert.Equal(ids.Order(StringComparer.Ordinal), stored.Select(one => one.InternalId).Order(StringComparer.Ordinal));
                    await RequireReadableAsync(world, ids);
                    Interlocked.Increment(ref taken);
                }
                else
                {
                    Assert.Empty(ids);
                    Assert.Empty(stored);
                    Assert.Equal(0, world.Storage.Queue.Count);
                    Assert.Matches("^(The body |the event|events\\[)", answer.Error);
                    Interlocked.Increment(ref refused);
                }

                Assert.Empty(world.Log.Lines);
            },
            input => $"{Printable.Of(input.Item1)}\nseed: {Printable.Of(input.Item2)}");

        Assert.True(!Cases.AreMany || (taken > 100 && refused > 100), $"{taken} taken, {refused} refused");
    }

    [Fact]
    public async Task A_field_of_an_event_that_is_wrong_is_named() => await Cases.CheckAsync(
        Gen.Select(Gen.OneOf(s_fields), Gen.Int[0, 8], Gen.Int[0, 3], EventGrammar.One),
        async input =>
        {
            var ((field, wrong), which, place, valid) = input;
            await using var world = new ExecutorWorld();

            var answer = await world.AskAsync("POST", "/e/key", Encoding.UTF8.GetBytes(Wrong(field, wrong[which % wrong.Length], place, valid)));

            Assert.False(answer.IsDone(), answer.Text);
            Assert.StartsWith($"{(place == 0 ? "the event" : $"events[{place - 1}]")}.{field} is ", answer.Error, StringComparison.Ordinal);
        },
        input => Printable.Of(Wrong(input.Item1.Field, input.Item1.Wrong[input.Item2 % input.Item1.Wrong.Length], input.Item3, input.Item4)));

    /// <summary>An event with one field that is wrong: alone, or in a list after so many good ones.</summary>
    private static string Wrong(string field, string value, int place, JsonTree valid)
    {
        var members = ((JsonTree.Object)valid).Members.Where(member => member.Name != field).Select(member => (member.Name, (JsonTree?)member.Value));
        var one = JsonTree.Of([.. members, (field, new JsonTree.Leaf(value))]);
        return (place == 0 ? one : JsonTree.ListOf([.. Enumerable.Repeat(valid, place - 1), one])).ToString();
    }

    private static async Task RequireReadableAsync(ExecutorWorld world, string[] ids)
    {
        foreach (var id in ids.Distinct())
        {
            Assert.Equal(200, (await world.AskAsync("GET", $"/v1/events/{id}")).Status);
            Assert.Equal(200, (await world.AskAsync("GET", $"/v1/events/{id}/runs")).Status);
        }

        Assert.Equal(200, (await world.AskAsync("GET", "/v1/events")).Status);
    }
}
