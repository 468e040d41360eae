using System.Reflection;

namespace Stepwell.Executor.Tests.Purity;

/// <summary>What the lists beside the executor's project ban: namespaces with all below them, types, and members whatever their parameters.</summary>
internal sealed class BannedSymbols
{
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _members = [];
    private readonly List<string> _namespaces = [];

    public static BannedSymbols OfThePureFolders() => Read("BannedSymbols.txt", "BannedSymbols.Pure.txt");

    /// <summary>The kind of symbol by its letter, its name, and why it is banned.</summary>
    public static IEnumerable<(char Kind, string Name, string Reason)> Lines(string file)
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", file)))
        {
            if (line.Split(';', 2) is not [[var kind, ':', .. var name], { Length: > 0 } reason])
                throw new FormatException($"{file}: '{line}' is not a symbol and the reason why it is banned.");

            yield return (kind, name, reason);
        }
    }

    public bool Bans(MemberInfo member)
    {
        if (member is Type type)
            return BansType(type);

        var owner = member.DeclaringType;
        return owner is not null && (BansType(owner) || _members.Contains($"{FullName(owner)}.{NameOf(member)}"));
    }

    private static BannedSymbols Read(params string[] files)
    {
        var banned = new BannedSymbols();
        foreach (var (kind, name, _) in files.SelectMany(Lines))
        {
            switch (kind)
            {
                case 'N':
                    banned._namespaces.Add(name);
                    break;
                case 'T':
                    banned._types.Add(name);
                    break;
                default:
                    banned._members.Add(name.Split('(')[0]);
                    break;
            }
        }

        return banned;
    }

    private bool BansType(Type type)
    {
        if (type.HasElementType)
            return BansType(type.GetElementType()!);

        if (type.IsGenericParameter)
            return false;

        return _types.Contains(FullName(type))
            || _namespaces.Exists(name => type.Namespace == name || type.Namespace?.StartsWith($"{name}.", StringComparison.Ordinal) == true)
            || type.GenericTypeArguments.Any(BansType);
    }

    private static string FullName(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;

    private static string NameOf(MemberInfo member) => member switch
    {
        ConstructorInfo => "#ctor",
        MethodInfo { IsSpecialName: true } accessor when accessor.Name.StartsWith("get_", StringComparison.Ordinal) || accessor.Name.StartsWith("set_", StringComparison.Ordinal) => accessor.Name[4..],
        _ => member.Name,
    };
}
