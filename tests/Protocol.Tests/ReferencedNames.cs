using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Stepwell.Protocol.Tests;

/// <summary>What a compiled assembly refers to, read from its metadata.</summary>
internal sealed class ReferencedNames
{
    private ReferencedNames(MetadataReader reader)
    {
        Types = [.. reader.TypeReferences.Select(reader.GetTypeReference).Select(type => NameOf(reader, type))];
        Members = [.. reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => $"{NameOf(reader, reader.GetTypeReference((TypeReferenceHandle)member.Parent))}.{reader.GetString(member.Name)}")];
    }

    /// <summary>The full names of the types.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The full names of the members.</summary>
    public IReadOnlyList<string> Members { get; }

    public static ReferencedNames Of(System.Reflection.Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        return new ReferencedNames(file.GetMetadataReader());
    }

    private static string NameOf(MetadataReader reader, TypeReference type) => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
}
