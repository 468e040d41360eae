using Stepwell.Protocol.Signing;

namespace Stepwell.Sdk.Tests.World;

/// <summary>Signing keys.</summary>
internal static class Keys
{
    public const string Primary = "signkey-test-12345678abcdef00";

    public const string Fallback = "signkey-test-00fedcba87654321";

    public const string Foreign = "signkey-test-ffffffffffffffff";

    public static SigningKey Of(string text) => SigningKey.Parse(text);
}
