using System.Net;

namespace Stepwell.Executor.Invocation;

/// <summary>Addresses at which no app is called: link-local ones, among them the metadata endpoints of clouds, and the unspecified address.</summary>
public static class RefusedAddresses
{
    private static readonly IPNetwork[] s_networks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("fe80::/10"),
        // Metadata of Azure's wire server, of AWS over IPv6, and of Alibaba.
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("fd00:ec2::254/128"),
        IPNetwork.Parse("100.100.100.200/32"),
    ];

    private static readonly string[] s_names = ["metadata", "metadata.goog", "metadata.google.internal"];

    /// <summary>Whether a host's name is one by which clouds answer with metadata, whatever it resolves to here.</summary>
    public static bool Covers(string host) => s_names.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);

    public static bool Covers(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.Equals(IPAddress.IPv6Any) || s_networks.Any(network => network.Contains(plain));
    }
}
