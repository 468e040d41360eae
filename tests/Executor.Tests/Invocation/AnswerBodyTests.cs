using System.IO.Compression;
using System.Text;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class AnswerBodyTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_read(string encoding)
    {
        using var caller = new TestCaller();

        var answer = await caller.CallAsync(LocalApp.Reply.OfApp(200, "", ("content-encoding", encoding)) with { Body = Compress("""{"b":1,"a":"ä"}""", encoding) });

        Assert.Equal("""{"a":"ä","b":1}""", Assert.IsType<AppAnswer.Returned>(answer).Output.ToString());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task What_says_that_it_is_compressed_and_is_not_is_a_failed_call(string encoding)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, """{"plain":"text that was never compressed, and is long enough to be read"}""", ("content-encoding", encoding)));
        using var caller = new TestCaller();

        Assert.StartsWith($"POST {app.Url} failed: ", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_exactly_eight_mebibytes_is_read()
    {
        using var caller = new TestCaller();
        // Spaces around a small value are no output of the function.
        var body = Encoding.UTF8.GetBytes("7".PadRight(8 * 1024 * 1024));

        var answer = await caller.CallAsync(LocalApp.Reply.OfApp(200, "") with { Body = body });

        Assert.Equal("7", Assert.IsType<AppAnswer.Returned>(answer).Output.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task A_larger_answer_is_refused_by_what_it_has_when_decompressed(string? encoding)
    {
        var text = $"\"{new string('x', 8 * 1024 * 1024)}\"";
        await using var app = LocalApp.Of(encoding is null
            ? LocalApp.Reply.OfApp(200, text)
            : LocalApp.Reply.OfApp(200, "", ("content-encoding", encoding)) with { Body = Compress(text, encoding) });
        using var caller = new TestCaller();

        var broken = Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(app.Url));

        Assert.Equal("output_too_large", TestCaller.NameOf(broken.Error));
        Assert.StartsWith($"POST {app.Url} was answered with more than 8388608 bytes.", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_beyond_four_mebibytes_is_refused_with_its_size()
    {
        using var caller = new TestCaller();

        var broken = Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(LocalApp.Reply.OfApp(200, $"\"{new string('x', 4 * 1024 * 1024)}\"")));

        Assert.Equal("output_too_large", TestCaller.NameOf(broken.Error));
        Assert.Contains("the function's result has 4194306 bytes; the limit is 4194304", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("null", "null")]
    [InlineData(" { \"b\" : 1.0 , \"a\" : \"\\u00e9\" } ", """{"a":"é","b":1}""")]
    [InlineData("\"😀\"", "\"😀\"")]
    public async Task The_result_of_a_function_is_brought_into_canonical_form(string body, string output)
    {
        using var caller = new TestCaller();

        Assert.Equal(output, Assert.IsType<AppAnswer.Returned>(await caller.CallAsync(LocalApp.Reply.OfApp(200, body))).Output.ToString());
    }

    [Fact]
    public async Task The_content_type_does_not_matter()
    {
        using var caller = new TestCaller();
        var reply = LocalApp.Reply.Of(200, "7", ("content-type", "text/html"), ("X-Inngest-SDK", "test:v1"));

        Assert.Equal("7", Assert.IsType<AppAnswer.Returned>(await caller.CallAsync(reply)).Output.ToString());
    }

    [Theory]
    [InlineData(200, "undefined")]
    [InlineData(200, "{\"cut\":")]
    [InlineData(200, "1 2")]
    [InlineData(206, "<html>")]
    [InlineData(200, "1e999")]
    public async Task Garbage_from_an_sdk_is_a_failed_call_that_shows_it(int status, string body)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(status, body));
        using var caller = new TestCaller();

        var broken = Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(app.Url));

        Assert.Equal("StepwellBadAnswer", TestCaller.NameOf(broken.Error));
        var message = TestCaller.MessageOf(broken.Error);
        Assert.StartsWith($"POST {app.Url} was answered {status} with a body that cannot be used: ", message, StringComparison.Ordinal);
        Assert.EndsWith($"It began: '{body}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_a_failed_call()
    {
        using var caller = new TestCaller();

        Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(LocalApp.Reply.OfApp(200, "") with { Body = [(byte)'"', 0xff, 0xfe, 0, (byte)'"'] }));
    }

    [Fact]
    public async Task Nesting_without_end_is_a_failed_call()
    {
        using var caller = new TestCaller();

        Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(LocalApp.Reply.OfApp(200, new string('[', 100_000))));
    }

    private static byte[] Compress(string text, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Fastest),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest),
            _ => new ZLibStream(compressed, CompressionLevel.Fastest),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
