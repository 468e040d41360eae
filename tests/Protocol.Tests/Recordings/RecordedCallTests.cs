using System.Globalization;
using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Every call that was recorded, server to app.</summary>
public class RecordedCallTests
{
    public static TheoryData<string> Calls => Recording.Named(exchange => exchange.IsCall);

    public static TheoryData<string> CallsAsSent => Recording.Named(exchange => exchange.IsCall && !HasShortenedTraces(exchange));

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_is_read_and_printed_in_the_canonical_form_of_the_recorded_body(string id)
    {
        var recorded = Recording.Find(id).Request;

        var call = Read(recorded);

        var printed = JsonSerializer.SerializeToUtf8Bytes(call, ProtocolJson.Default.CallRequest);
        Assert.Equal(Expected(recorded), JsonText.Canonical(printed));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_with_canonical_data_is_printed_canonically_at_once(string id)
    {
        // The call as a server holds it: its data are canonical since they came in.
        var canonical = CanonicalJson.Canonicalize(JsonText.Raw(Recording.Find(id).Request).Utf8);
        var call = JsonSerializer.Deserialize(canonical.Utf8.Span, ProtocolJson.Default.CallRequest);

        var printed = JsonSerializer.SerializeToUtf8Bytes(call!, ProtocolJson.Default.CallRequest);

        Assert.Equal(JsonText.Canonical(printed), Encoding.UTF8.GetString(printed));
    }

    [Theory]
    [MemberData(nameof(CallsAsSent))]
    public void The_canonical_form_has_the_length_that_the_server_sent(string id)
    {
        var call = Recording.Find(id);

        var canonical = JsonText.Canonical(call.Request);

        Assert.Equal(call.RequestHeader("content-length"), Encoding.UTF8.GetByteCount(canonical).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Most_calls_are_recorded_as_sent()
    {
        Assert.True(CallsAsSent.Count > 200, $"{CallsAsSent.Count} calls are recorded without a shortened stack trace.");
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_headers_of_a_call_say_what_its_context_says(string id)
    {
        var exchange = Recording.Find(id);
        var call = Read(exchange.Request);

        // "%2D" and the like do not occur in ids; the query names what the header names.
        Assert.Contains($"stepId={exchange.RequestHeader(ProtocolHeaders.StepId)}", exchange.Url, StringComparison.Ordinal);
        Assert.Equal(call.Context!.RunId, exchange.RequestHeader(ProtocolHeaders.RunId));
        if (call.Context.RequestId is { } requestId)
            Assert.Equal(requestId, exchange.RequestHeader(ProtocolHeaders.RequestId));

        Assert.Equal(call.Version!.Value.ToString(CultureInfo.InvariantCulture), exchange.RequestHeader(ProtocolHeaders.RequestVersion));
        Assert.True(RunId.TryParse(call.Context.RunId, out _));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_stack_lists_the_steps_that_have_a_memo(string id)
    {
        var call = Read(Recording.Find(id).Request);
        if (call.UseApi)
            return;

        var stack = call.Context!.Stack!.Stack!;
        Assert.Equal(call.Steps!.Keys.Order(StringComparer.Ordinal), stack.Select(step => step.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_memo_is_read_and_written_back_as_it_was(string id)
    {
        foreach (var (step, memo) in Read(Recording.Find(id).Request).Steps!)
        {
            var read = Memo.FromWire(memo);

            Assert.True(StepKey.TryParse(step, out var key) && key.Value.Length == 40);
            Assert.Equal(JsonText.Canonical(memo.Utf8), JsonText.Canonical(read.ToWire().Utf8));
            if (read is Memo.Error error)
                Assert.NotEqual("", Failure.FromJson(error.Failure).Message);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_event_is_read_and_printed_canonically(string id)
    {
        var call = Read(Recording.Find(id).Request);
        foreach (var recorded in call.Events!.Append(call.Event))
        {
            var canonical = CanonicalJson.Canonicalize(recorded.Utf8);
            var envelope = JsonSerializer.Deserialize(canonical.Utf8.Span, ProtocolJson.Default.EventEnvelope)!;

            Assert.NotEqual("", envelope.Name);
            Assert.Equal(canonical.ToString(), Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(envelope, ProtocolJson.Default.EventEnvelope)));
        }
    }

    private static CallRequest Read(JsonElement body) => body.Deserialize(ProtocolJson.Default.CallRequest)!;

    private static string Expected(JsonElement recorded)
    {
        // What the reference server sends beyond what SDKs need to run a function.
        var expected = JsonText.Members(recorded);
        expected.Remove("defers");
        return JsonText.Canonical(expected);
    }

    /// <summary>In the recordings the paths of stack traces are shortened, so that these bodies are not as long as they were.</summary>
    private static bool HasShortenedTraces(Exchange exchange) => exchange.Request.GetRawText().Contains("/app/", StringComparison.Ordinal);
}
