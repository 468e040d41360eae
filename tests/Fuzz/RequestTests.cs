using System.Text;
using CsCheck;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;

namespace Stepwell.Fuzz.Tests;

/// <summary>The rest of the API: paths, query parameters, and the bodies that cancel, signal and ask.</summary>
public class RequestTests
{
    private static readonly Gen<string> s_time = Gen.Frequency(
        (3, Gen.OneOf("2026-11-24T08:00:00Z", "2026-11-24", "1970-01-01T00:00:00.000+01:00", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "12:00")), (1, AnyText.Any));

    private static readonly Gen<Dictionary<string, string>> s_queries = Gen.Select(
        Maybe("limit", Gen.Frequency((2, Gen.Int[-5, 200].Select(limit => $"{limit}")), (1, AnyText.Any))),
        Maybe("name", Gen.OneOf(Gen.Const("shop/order"), AnyText.Any)),
        Maybe("received_after", s_time),
        Maybe("received_before", s_time),
        Maybe("cursor", Gen.OneOf(Gen.Const("01ARZ3NDEKTSV4RRFFQ69G5FAV"), AnyText.Any)),
        (limit, name, after, before, cursor) => new[] { limit, name, after, before, cursor }.OfType<KeyValuePair<string, string>>().ToDictionary());

    private static readonly Gen<JsonTree> s_cancellations = Gen.Select(Gen.OneOf("shop", "other"), Gen.OneOf("shop-order", "order", "x"), s_time.Array[2], Gen.Bool.Array[3], (app, function, times, given) => JsonTree.Of(
        ("app_id", JsonTree.Of(app)),
        ("function_id", JsonTree.Of(function)),
        ("started_after", given[0] ? new JsonTree.Leaf(AnyJson.Quoted(times[0])) : null),
        ("started_before", given[1] ? new JsonTree.Leaf(AnyJson.Quoted(times[1])) : null),
        ("if", given[2] ? JsonTree.Of("event.data.customer == 'u1'") : null)));

    private static readonly Gen<JsonTree> s_signals = Gen.Select(Gen.OneOf("go", "stop"), OpGrammar.Data, (signal, data) => JsonTree.Of(("signal", JsonTree.Of(signal)), ("data", data)));

    private static readonly Gen<JsonTree> s_graphs = Gen.Select(
        Gen.OneOf("query Q($id: String!) { run(runID: $id) { status } }", "query { runTraceSpanOutputByID(outputID: $x) { data } }", "query { eventV2(id: $x) { name } }", "query { apps }"), Gen.OneOf("01ARZ3NDEKTSV4RRFFQ69G5FAV", "x"), (query, id) =>
        JsonTree.Of(("query", JsonTree.Of(query)), ("variables", JsonTree.Of(("id", JsonTree.Of(id))))));

    private static readonly Gen<(string Method, string Path)> s_places = Gen.Select(
        Gen.Frequency((8, Gen.OneOf("GET", "POST", "DELETE", "PUT")), (1, AnyText.Any)),
        Gen.Frequency(
            (6, Gen.Select(
                Gen.OneOf("/e/{0}", "/fn/register", "/dev", "/health", "/v1/events", "/v1/events/{0}", "/v1/events/{0}/runs", "/v1/runs/{0}", "/v1/cancellations", "/v1/functions/{0}/pause", "/v1/functions/{0}/resume", "/v0/runs/{0}/actions", "/v0/runs/{0}/batch", "/v1/checkpoint/{0}/async", "/v1/signals", "/v0/gql"),
                Gen.OneOf(Gen.OneOf("01ARZ3NDEKTSV4RRFFQ69G5FAV", "shop-order", "%ff%fe", "%00", "%2f", "%", "%ed%a0%bd"), AnyText.Any),
                (route, id) => string.Format(null, route, id))),
            (1, AnyText.Any)));

    [Fact]
    public async Task Events_are_listed_or_the_parameter_that_is_wrong_is_named() => await Cases.CheckAsync(
        s_queries,
        async query =>
        {
            await using var world = await BegunAsync();

            var answer = await world.AskAsync("GET", "/v1/events", query: query);

            if (!answer.IsDone())
                Assert.Matches("^(limit|received_after|received_before|cursor) is '", answer.Error);

            Assert.Empty(world.Log.Lines);
        },
        query => string.Join('\n', query.Select(pair => $"{pair.Key}={Printable.Of(pair.Value)}")));

    [Fact]
    public async Task A_cancellation_is_done_or_refused_with_a_sentence() => await Cases.CheckAsync(
        Bodies.Of(s_cancellations),
        async body =>
        {
            await using var world = await BegunAsync();

            var answer = await world.AskAsync("POST", "/v1/cancellations", body);

            if (!answer.IsDone())
                Assert.Matches("^(The body |app_id |function_id |started_after |started_before |if )", answer.Error);

            Assert.Empty(world.Log.Lines);
        },
        body => Printable.Of(body));

    [Fact]
    public async Task A_signal_or_a_question_is_answered_or_refused_with_a_sentence() => await Cases.CheckAsync(
        Gen.OneOf(Bodies.Of(s_signals).Select(body => ("/v1/signals", body)), Bodies.Of(s_graphs).Select(body => ("/v0/gql", body))),
        async input =>
        {
            await using var world = await BegunAsync();

            (await world.AskAsync("POST", input.Item1, input.Item2)).IsDone();

            Assert.Empty(world.Log.Lines);
        },
        input => $"{input.Item1}\n{Printable.Of(input.Item2)}");

    [Fact]
    public async Task Any_request_is_answered() => await Cases.CheckAsync(
        Gen.Select(s_places, Gen.OneOf(Bodies.Any, AnyJson.Any.Select(tree => Encoding.UTF8.GetBytes(tree.ToString()))), AnyText.Any, AnyText.Any),
        async input =>
        {
            var ((method, path), body, query, header) = input;
            await using var world = await BegunAsync();

            var answer = await world.AskAsync(method, path, body, _ => query, _ => header);

            // That sentence is the protocol's.
            if (answer.Status != 400 || !answer.Error.StartsWith("Expected server kind ", StringComparison.Ordinal))
                answer.IsDone();

            Assert.Empty(world.Log.Lines);
        },
        input => $"{Printable.Of(input.Item1.Method)} {Printable.Of(input.Item1.Path)}\n{Printable.Of(input.Item2)}\nquery: {Printable.Of(input.Item3)}\nheaders: {Printable.Of(input.Item4)}");

    private static async Task<ExecutorWorld> BegunAsync()
    {
        var world = new ExecutorWorld();
        await world.RegisterAsync();
        await world.StartAsync();
        return world;
    }

    private static Gen<KeyValuePair<string, string>?> Maybe(string name, Gen<string> values) =>
        Gen.Select(Gen.Int[0, 2], values, (chance, value) => chance == 0 ? (KeyValuePair<string, string>?)null : new(name, value));
}
