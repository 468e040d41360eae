using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Purity;

/// <summary>The pure folders decide over values: no IO, no clock, no chance, no waiting, no shared state (design §3).</summary>
public sealed class PurityTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly BannedSymbols s_banned = BannedSymbols.OfThePureFolders();

    // Matching joins when its cache has a room of its own.
    private static readonly Type[] s_pure = [.. Declared("Stepwell.Executor.Runs"), .. Declared("Stepwell.Executor.FlowControl")];

    [Fact]
    public void The_pure_folders_are_looked_at() => Assert.Superset(
        new HashSet<Type> { typeof(Run), typeof(Fact.Discovered), typeof(StepState.Done), typeof(RunDecider), typeof(Backoff), typeof(Pickup) }, s_pure.ToHashSet());

    [Fact]
    public void No_code_touches_what_is_banned() => Assert.Empty(Violations(s_pure));

    [Fact]
    public void No_signature_and_no_field_names_what_is_banned() => Assert.Empty(s_pure.SelectMany(type => type.GetFields(Everything)
        .Select(field => (Member: (MemberInfo)field, Type: field.FieldType))
        .Concat(type.GetMethods(Everything).SelectMany(method => method.GetParameters().Append(method.ReturnParameter).Select(part => (Member: (MemberInfo)method, Type: part.ParameterType))))
        .Concat(type.GetConstructors(Everything).SelectMany(made => made.GetParameters().Select(part => (Member: (MemberInfo)made, Type: part.ParameterType))))
        .Where(one => s_banned.Bans(one.Type))
        .Select(one => $"{type.Name}.{one.Member.Name}: {one.Type}")));

    [Fact]
    public void No_field_is_an_interface_behind_which_anything_could_hide() => Assert.Empty(
        WrittenFields().Where(field => field.FieldType.IsInterface).Select(field => $"{field.DeclaringType!.Name}.{field.Name}"));

    [Fact]
    public void No_state_is_shared() => Assert.Empty(
        WrittenFields().Where(field => field.IsStatic && !(field.IsLiteral || (field.IsInitOnly && IsValue(field.FieldType)))).Select(field => $"{field.DeclaringType!.Name}.{field.Name}"));

    [Fact]
    public void What_is_kept_and_handed_around_cannot_be_changed() => Assert.Empty(
        s_pure.Where(type => type.IsPublic || type.IsNestedPublic)
            .SelectMany(type => type.GetProperties(Everything))
            .Where(property => property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}"));

    [Theory]
    [InlineData(nameof(Impure.Clock), "get_UtcNow")]
    [InlineData(nameof(Impure.Chance), "get_Shared")]
    [InlineData(nameof(Impure.Id), "NewGuid")]
    [InlineData(nameof(Impure.Disk), "ReadAllText")]
    [InlineData(nameof(Impure.Waiting), "Delay")]
    [InlineData(nameof(Impure.Setting), "GetEnvironmentVariable")]
    [InlineData(nameof(Impure.InALambda), "get_Now")]
    [InlineData(nameof(Impure.InAnIterator), "NewGuid")]
    [InlineData(nameof(Impure.Asynchronous), "GetAwaiter")]
    public void What_is_impure_is_found(string method, string touched)
    {
        var nested = typeof(Impure).GetNestedTypes(Everything).Where(type => type.Name.Contains($"<{method}>", StringComparison.Ordinal) || type.Name == "<>c");
        Assert.Contains(Violations([typeof(Impure), .. nested]), found => found.Contains(method, StringComparison.Ordinal) && found.Contains(touched, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_pure_is_not_taken_for_impure() => Assert.DoesNotContain(Violations([typeof(Impure)]), found => found.Contains(nameof(Impure.Pure), StringComparison.Ordinal));

    [Theory]
    [InlineData("BannedSymbols.txt")]
    [InlineData("BannedSymbols.Pure.txt")]
    public void Every_line_of_the_lists_names_something_that_exists(string file)
    {
        var known = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            .Where(file => Path.GetFileName(file) != "System.Private.CoreLib.dll")
            .Select(Load).OfType<Assembly>().Append(typeof(object).Assembly).SelectMany(assembly => assembly.GetExportedTypes()).ToList();
        var types = known.ToLookup(type => type.FullName);
        var namespaces = known.Select(type => type.Namespace).OfType<string>().ToHashSet();
        foreach (var (kind, name, _) in BannedSymbols.Lines(file))
        {
            var path = name.Split('(')[0];
            var owner = path[..path.LastIndexOf('.')];
            var member = path[(path.LastIndexOf('.') + 1)..].Replace("#ctor", ".ctor", StringComparison.Ordinal);
            Assert.True(kind switch
            {
                'N' => namespaces.Any(one => one == name || one.StartsWith($"{name}.", StringComparison.Ordinal)),
                'T' => types.Contains(name),
                _ => types[owner].Any(type => type.GetMember(member, Everything).Length > 0),
            }, $"{file}: {name}");
        }
    }

    private static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything))
        from touched in MethodCode.Touches(method)
        where s_banned.Bans(touched) && !IsOfTheCompiler(touched)
        select $"{type}.{method.Name} touches {touched.DeclaringType}.{touched.Name}";

    // Every iterator asks for the thread that it was made on.
    private static bool IsOfTheCompiler(MemberInfo touched) => touched is MethodInfo { Name: "get_CurrentManagedThreadId" } && touched.DeclaringType == typeof(Environment);

    private static IEnumerable<FieldInfo> WrittenFields() =>
        s_pure.Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), false)).SelectMany(type => type.GetFields(Everything));

    private static bool IsValue(Type type) =>
        type.IsValueType || type == typeof(string) || type.Namespace == typeof(ImmutableArray).Namespace
        || (s_pure.Contains(type) && (type.IsPublic || type.IsNestedPublic))
        || type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).All(field => field.IsInitOnly);

    private static Type[] Declared(string name) =>
        [.. typeof(Run).Assembly.GetTypes().Where(type => type.Namespace == name || type.Namespace?.StartsWith($"{name}.", StringComparison.Ordinal) == true)];

    private static Assembly? Load(string file)
    {
        try
        {
            return Assembly.LoadFrom(file);
        }
        catch (BadImageFormatException)
        {
            // Native code.
            return null;
        }
    }
}
