using System.Text;
using System.Text.Json;
using Stepwell.Executor.Api;

namespace Stepwell.Fuzz.Tests.World;

/// <summary>An answer of the API, and what holds of all of them.</summary>
internal sealed class ApiAnswer
{
    // Sentences of the protocol, word for word.
    private static readonly string[] s_ofTheProtocol = ["Event key not found", "No signal found"];

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ApiAnswer(ApiResponse response)
    {
        Status = response.Status;
        Text = s_strict.GetString(response.Body.Span);
        Json = Text.Length == 0 ? default : JsonElement.Parse(Text, new JsonDocumentOptions { MaxDepth = 1_000 });
    }

    public int Status { get; }

    public string Text { get; }

    public JsonElement Json { get; }

    public string Error => Json.GetProperty("error").GetString()!;

    /// <summary>Whether it was done. Otherwise it was refused, with a sentence that is clear.</summary>
    public bool IsDone()
    {
        if (Status is 200 or 201)
            return true;

        Assert.InRange(Status, 400, 499);
        Assert.Equal(Status, Json.GetProperty("status").GetInt32());
        ClearSentence.Require(Error, s_ofTheProtocol);
        return false;
    }
}
