using System.Net;
using System.Net.Sockets;

namespace CyclerControl.Service.Notifications;

/// <summary>Addresses that a webhook may call unless the configuration allows all: not this computer, not its link, not cloud metadata.</summary>
public static class ReachableAddresses
{
    public static bool IsLocal(IPAddress address)
    {
        var plain = Unwrapped(address);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // fd00:ec2::254 is the metadata service of a cloud.
            return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.IsIPv6SiteLocal || plain.IsIPv6Multicast
                || plain.Equals(IPAddress.IPv6Any) || plain.Equals(IPAddress.Parse("fd00:ec2::254"));
        }

        var bytes = plain.GetAddressBytes();
        return bytes[0] is 0 or 127 or >= 224
            || (bytes[0] == 169 && bytes[1] == 254)
            || plain.Equals(IPAddress.Parse("100.100.100.200"))
            || plain.Equals(IPAddress.Parse("168.63.129.16"));
    }

    /// <summary>The IPv4 address within one of IPv6: mapped, NAT64, 6to4, or in the last four bytes of ::/96.</summary>
    private static IPAddress Unwrapped(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6Any))
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        if (address.IsIPv4MappedToIPv6 || bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 || bytes.AsSpan(0, 12).SequenceEqual((byte[])[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]))
        {
            return new IPAddress(bytes.AsSpan(12, 4));
        }

        return bytes[0] == 0x20 && bytes[1] == 0x02 ? new IPAddress(bytes.AsSpan(2, 4)) : address;
    }
}
