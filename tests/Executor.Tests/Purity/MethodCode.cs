using System.Reflection;
using System.Reflection.Emit;

namespace Stepwell.Executor.Tests.Purity;

/// <summary>Reads what the compiled code of a method touches: the members that it calls, reads and makes, and the types of its locals.</summary>
internal static class MethodCode
{
    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<MemberInfo> Touches(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
            yield break;

        foreach (var local in body.LocalVariables)
            yield return local.LocalType;

        foreach (var token in Tokens(body.GetILAsByteArray()!))
            yield return method.Module.ResolveMember(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)!;
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            // Two-byte instructions begin with FE.
            if (value == 0xFE)
                value = (short)(0xFE00 | code[at++]);

            var kind = s_codes[value].OperandType;
            if (kind is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);

            at += kind switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
