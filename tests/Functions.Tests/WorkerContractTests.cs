using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.Azure.Functions.Worker.Builder;
using Stepwell.AzureFunctions;
using Stepwell.Executor.Functions;

namespace Stepwell.Functions.Tests;

/// <summary>The contract of the worker declares what the functions use, and no more.</summary>
public sealed class WorkerContractTests
{
    private static readonly Assembly s_contract = typeof(FunctionsApplication).Assembly;

    private static readonly Assembly[] s_users = [typeof(ExecutorFunctions).Assembly, typeof(StepwellHttp).Assembly, typeof(Samples.DripCampaign.Endpoint).Assembly];

    // For whoever implements it, as the worker does.
    private const string Implemented = "Microsoft.Azure.Functions.Worker.Http.HttpRequestData..ctor";

    [Fact]
    public void Every_public_member_is_used_by_the_functions()
    {
        var used = s_users.SelectMany(UsedBy).ToHashSet();
        var declared = s_contract.GetExportedTypes().Where(type => !type.IsEnum).SelectMany(DeclaredBy).ToList();

        Assert.NotEmpty(declared);
        Assert.Equal([], declared.Except(used).Except([Implemented]));
    }

    [Fact]
    public void A_program_built_on_it_says_that_it_is_not_deployable()
    {
        var exception = Assert.Throws<PlatformNotSupportedException>(() => FunctionsApplication.CreateBuilder([]));
        Assert.Contains("-p:FunctionsWorker=official", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Members by name; a property by its accessors, an attribute's by the names that are set.</summary>
    private static IEnumerable<string> DeclaredBy(Type type) =>
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where member is MethodInfo { IsSpecialName: false } or ConstructorInfo or PropertyInfo
        // One without parameters is the compiler's.
        where member is not ConstructorInfo constructor || constructor.GetParameters().Length > 0
        // What an attribute was made with is read by the host, not by the functions.
        where !(member is PropertyInfo property && typeof(Attribute).IsAssignableFrom(type) && property.SetMethod is not { IsPublic: true } && IsMadeWith(type, property))
        select $"{type.FullName}.{member.Name}";

    private static bool IsMadeWith(Type attribute, PropertyInfo property) => attribute.GetConstructors().Any(constructor =>
        constructor.GetParameters().Any(parameter => parameter.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> UsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var reader = file.GetMetadataReader();
        var used = new List<string>();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;

            var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
            var name = reader.GetString(member.Name);
            used.Add($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}.{(name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..] : name)}");
        }

        var named =
            from type in assembly.GetTypes()
            from method in type.GetMethods()
            from parameter in method.GetParameters()
            from attribute in parameter.CustomAttributes
            from argument in attribute.NamedArguments
            select $"{attribute.AttributeType.FullName}.{argument.MemberName}";
        return [.. used, .. named];
    }
}
