using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Sdk.Tests.World;

/// <summary>A call as the executor makes it.</summary>
internal sealed record Call
{
    public const string RunId = "01M85TDC9C8FAPRGAAWQ6VY3Z0";

    public string Function { get; init; } = "shop-function";

    /// <summary>The one step to run, as the user wrote its id; null for a discovery.</summary>
    public string? Step { get; init; }

    public int Attempt { get; init; }

    public int MaxAttempts { get; init; } = 5;

    /// <summary>The flag <c>disable_immediate_execution</c>.</summary>
    public bool PlansOnly { get; init; }

    /// <summary>In order of completion.</summary>
    public IReadOnlyList<Settled> Settled { get; init; } = [];

    public IReadOnlyList<string> Events { get; init; } = ["""{"data":{"Customer":"Ada","Number":7},"id":"event-1","name":"shop/started","ts":1700000000000,"user":{}}"""];

    public bool UseApi { get; init; }

    /// <summary>Whether the executor takes checkpoints.</summary>
    public bool Checkpoints { get; init; }

    public string StepId => Step is null ? "step" : StepKey.Hash(Step).Value;

    public byte[] Body()
    {
        var steps = new JsonObject();
        foreach (var (step, memo) in UseApi ? [] : Settled)
            steps[StepKey.Hash(step).Value] = JsonNode.Parse(memo);

        var body = new JsonObject
        {
            ["ctx"] = new JsonObject
            {
                ["attempt"] = Attempt,
                ["disable_immediate_execution"] = PlansOnly,
                ["env"] = "",
                ["max_attempts"] = MaxAttempts,
                ["run_id"] = RunId,
                ["stack"] = new JsonObject
                {
                    ["current"] = Settled.Count,
                    ["stack"] = new JsonArray([.. Settled.Select(settled => JsonValue.Create(StepKey.Hash(settled.Step).Value))]),
                },
                ["step_id"] = StepId,
                ["use_api"] = UseApi,
            },
            ["event"] = JsonNode.Parse(Events[0]),
            ["events"] = new JsonArray([.. (UseApi ? [] : Events).Select(text => JsonNode.Parse(text))]),
            ["steps"] = steps,
            ["use_api"] = UseApi,
            ["version"] = -1,
        };
        if (Checkpoints)
        {
            body["ctx"]!["fn_id"] = Function;
            body["ctx"]!["generation_id"] = 3;
            body["ctx"]!["qi_id"] = "2.3";
            body["ctx"]!["request_id"] = "01M85TDC9C8FAPRGAAWQ6VY3Z1";
        }

        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(body.ToJsonString(JsonSerializerOptions.Default))).Utf8.ToArray();
    }
}
