using CsCheck;
using Stepwell.Executor.Matching;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Matching;

public class EqualityTests
{
    private const string RunEvent = """{"name":"a","data":{"id":"u1","n":5.0,"yes":true,"none":null,"list":[1],"key":"x"}}""";

    [Theory]
    [InlineData("event.data.id == async.data.user", "data.user=\"u1\"")]
    [InlineData("async.data.user == event.data.id", "data.user=\"u1\"")]
    [InlineData("async.data.user == 'u2'", "data.user=\"u2\"")]
    [InlineData("async.data.n == event.data.n", "data.n=5")]
    [InlineData("async.data.n == 5", "data.n=5")]
    [InlineData("async.data.n == 5u", "data.n=5")]
    [InlineData("async.data.yes == event.data.yes", "data.yes=true")]
    [InlineData("async.data['user'].`full-name` == 'a'", "data.user.full-name=\"a\"")]
    [InlineData("async.name == event.data.key + '/' + event.data.id", "name=\"x/u1\"")]
    [InlineData("async.data.user == event.data.id && async.data.n == 1 + 1 && async.data.m > 3", "data.user=\"u1\" data.n=2")]
    [InlineData("(async.data.a == 1 && async.data.b == 2) && async.data.c == 3", "data.a=1 data.b=2 data.c=3")]
    [InlineData("async.data.a == 1 && async.data.a == 1", "data.a=1")]
    [InlineData("async.data.a == '\"\\n\\\\'", "data.a=\"\\\"\\n\\\\\"")]
    public void What_every_matching_event_has_is_known_beforehand(string text, string equalities) => Assert.Equal(equalities, Found(text));

    [Theory]
    [InlineData("async.data.a == 1 || async.data.b == 2")]
    [InlineData("!(async.data.a == 1)")]
    [InlineData("async.data.a != 1")]
    [InlineData("async.data.a == async.data.b")]
    [InlineData("async.data.a == null")]
    [InlineData("async.data.a == event.data.missing")]
    [InlineData("async.data.a == event.data.none")]
    [InlineData("async.data.a == event.data.list")]
    [InlineData("async.data.a == string(now_plus('1h'))")]
    [InlineData("async.data.a[0] == 1")]
    [InlineData("async.data.a == 1 / 0")]
    [InlineData("async.data.a == 0.0 / 0.0")]
    [InlineData("async == 1")]
    [InlineData("event.data.id == 'u1'")]
    [InlineData("async.data.yes ? async.data.a == 1 : false")]
    public void What_is_not_sure_is_left_out(string text) => Assert.Equal("", Found(text));

    [Theory]
    [InlineData("""{"data":{"n":5}}""", "5")]
    [InlineData("""{"data":{"n":5.0e0}}""", "5")]
    [InlineData("""{"data":{"n":-0}}""", "0")]
    [InlineData("""{"data":{"n":"5"}}""", "\"5\"")]
    [InlineData("""{"data":{"n":"\u0035"}}""", "\"5\"")]
    [InlineData("""{"data":{"n":"\ud83d"}}""", "\"\\ud83d\"")]
    [InlineData("""{"data":{"n":true}}""", "true")]
    [InlineData("""{"data":{"n":null}}""", null)]
    [InlineData("""{"data":{"n":[5]}}""", null)]
    [InlineData("""{"data":{}}""", null)]
    [InlineData("""{"data":5}""", null)]
    [InlineData("5", null)]
    public void The_value_at_a_path_has_one_form(string candidate, string? value) => Assert.Equal(
        value,
        MatchEquality.TryValueAt(MatchInput.Read(RawJson.FromString(candidate)), ["data", "n"], out var found) ? found.ToString() : null);

    [Fact]
    public void An_event_that_matches_always_has_the_values()
    {
        var scalars = Gen.OneOf("0", "1", "1.0", "-0.0", "1e0", "true", "null", "'a'", "'1'", "9007199254740993", "9007199254740992", "event.data.x", "event.data.y", "async.data.y", "1u", "'\\u0061'");
        var fields = Gen.OneOf("async.data.x", "async.data.y", "async.name", "event.data.x", "async['data'].x");
        var terms = Gen.Select(fields, Gen.OneOf("==", "==", "==", "!=", "<=", "in"), scalars, (left, symbol, right) => symbol == "in" ? $"{left} in [{right}]" : $"{left} {symbol} {right}");
        var texts = Gen.Select(terms, Gen.OneOf(" && ", " && ", " || "), terms, Gen.OneOf(" && ", " || "), terms, (a, one, b, two, c) => $"({a}{one}{b}){two}{c}");
        var json = Gen.OneOf("0", "1", "1.0", "-0", "true", "null", "\"a\"", "\"1\"", "9007199254740993", "9007199254740992", "[1]", "\"\\u0061\"");
        var events = Gen.Select(json, json, Gen.OneOf("\"a\"", "\"1\""), (x, y, name) => "{\"name\":" + name + ",\"data\":{\"x\":" + x + ",\"y\":" + y + "}}");
        var checkedEqualities = 0;

        Gen.Select(texts, events, events).Sample(
            (text, runEvent, candidate) =>
            {
                var input = Expressions.Input(runEvent, candidate);
                var expression = Expressions.Parse(text);
                if (!expression.IsTrue(input))
                    return;

                foreach (var equality in expression.Equalities(input))
                {
                    Assert.True(MatchEquality.TryValueAt(input.Values[1], equality.Path, out var value) && value == equality.Value, $"{text} {runEvent} {candidate}");
                    Interlocked.Increment(ref checkedEqualities);
                }
            },
            iter: 20_000);

        Assert.True(checkedEqualities > 100, $"{checkedEqualities}");
    }

    private static string Found(string text) =>
        string.Join(' ', Expressions.Parse(text).Equalities(Expressions.Input(RunEvent, "null")).Select(equality => $"{string.Join('.', equality.Path)}={equality.Value}"));
}
