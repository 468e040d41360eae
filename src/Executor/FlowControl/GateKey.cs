using System.Security.Cryptography;
using System.Text;
using Stepwell.Executor.Matching;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.FlowControl;

/// <summary>Names the state of one key of one setting; the same everywhere. A storage key.</summary>
public readonly record struct GateKey(string Value)
{
    /// <summary>The state of a function's setting for the value that an expression has for an event.</summary>
    public static GateKey Of(string setting, FunctionId function, MatchExpression? key, MatchInput input) => Of(setting, function.Value, key?.KeyText(input) ?? "");

    /// <summary>The state of a setting for one text.</summary>
    public static GateKey Of(string setting, string owner, string key) =>
        new($"{setting}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Length}:{owner}|{key}")).AsSpan(0, 16))}");

    public override string ToString() => Value;
}
