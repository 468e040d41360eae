using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Stepwell.Sdk.Tests.Functions;

/// <summary>An app that is trimmed or compiled ahead of time can use all of the library but the constructor that is there for convenience.</summary>
public class TrimmingTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Only_the_convenience_constructor_finds_types_by_reflection()
    {
        var marked = typeof(StepwellClient).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(All).Append(type))
            .Where(member => member.IsDefined(typeof(RequiresUnreferencedCodeAttribute)) || member.IsDefined(typeof(RequiresDynamicCodeAttribute)));

        Assert.Equal(typeof(StepwellClient).GetConstructor([typeof(string), typeof(StepwellOptions)]), Assert.Single(marked));
    }

    [Fact]
    public void No_warning_of_the_trimmer_is_suppressed()
    {
        var suppressed = typeof(StepwellClient).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(All).Append(type))
            .Where(member => member.IsDefined(typeof(UnconditionalSuppressMessageAttribute)));

        Assert.Empty(suppressed);
    }

    [Fact]
    public void The_library_says_that_it_may_be_trimmed() =>
        Assert.Contains(
            typeof(StepwellClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>(),
            metadata => metadata is { Key: "IsTrimmable", Value: "True" });
}
