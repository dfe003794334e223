namespace CyclerControl.Instruments.Stations;

/// <summary>Takes one setting of a connection string.</summary>
/// <typeparam name="T">The address.</typeparam>
/// <returns>The address with it, or null and what is wrong with it.</returns>
internal delegate T? AddressSetting<T>(T address, string key, string value, out (string What, string Cure) problem)
    where T : class;

/// <summary>The settings behind the question mark of a connection string: <c>key=value&amp;key=value</c>, each key once.</summary>
internal static class AddressQuery
{
    /// <param name="uri">The connection string.</param>
    /// <param name="address">What it says before the question mark.</param>
    /// <param name="setting">Takes each setting in turn.</param>
    /// <param name="problem">What is wrong, and the cure.</param>
    public static T? Read<T>(Uri uri, T address, AddressSetting<T> setting, out (string What, string Cure) problem)
        where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
            if (!seen.Add(key))
            {
                problem = ($"gives {key} twice", "give it once");
                return null;
            }

            if (setting(address, key, value, out problem) is not { } more)
            {
                return null;
            }

            address = more;
        }

        problem = default;
        return address;
    }
}
