using System.Reflection;

namespace Stepwell.Sdk;

/// <summary>How this library names itself on the wire.</summary>
internal static class SdkVersion
{
    /// <summary>The short name; some servers cut longer ones off.</summary>
    public const string Name = "stepwell";

    public static string Number { get; } = typeof(SdkVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The value of <c>x-inngest-sdk</c>.</summary>
    public static string Header { get; } = $"{Name}:v{Number}";
}
