using System.Collections.Immutable;
using CyclerControl.Core.Channels;
using CyclerControl.Core.Documents;
using CyclerControl.Instruments.Profiles;

namespace CyclerControl.Instruments.Stations;

/// <summary>Reads a station from anybody's text, and reports everything that is wrong in one go. Never throws for the text.</summary>
public sealed class StationReader
{
    private readonly ProblemList _problems;
    private readonly string _fileName;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private ProfileLibrary _profiles;

    private StationReader(string fileName, ProfileLibrary profiles)
    {
        _fileName = fileName;
        _problems = new ProblemList(fileName);
        _profiles = profiles;
    }

    /// <param name="fileName">For messages, and where profile files are looked for; its stem must be the name inside.</param>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="profiles">What a profile's name may mean.</param>
    /// <returns>The station, or null and the problems.</returns>
    public static (Station? Station, IReadOnlyList<Problem> Problems) Read(string fileName, string text, ProfileLibrary profiles)
    {
        var reader = new StationReader(fileName, profiles);
        var station = DocumentReader.Read(fileName, text, reader._problems) is { } root ? reader.Read(root) : null;
        return (reader._problems.Count == 0 ? station : null, reader._problems.Items);
    }

    private Station? Read(MappingNode root)
    {
        var station = new MappingReader(root, StationKeys.Station, _problems);
        var name = station.Text("station");
        FileNameRule.Check(station, "station", name, _fileName);
        if (station.Has("about"))
        {
            _ = station.Text("about");
        }

        var addresses = ImmutableArray.CreateBuilder<InstrumentAddress>();
        foreach (var instrument in station.Mappings("instruments") ?? [])
        {
            if (Instrument(instrument) is { } address)
            {
                addresses.Add(address);
            }

            instrument.Finish();
        }

        station.Finish();
        return name is null ? null : new Station(name, addresses.ToImmutable(), _profiles);
    }

    private InstrumentAddress? Instrument(MappingReader instrument)
    {
        var name = instrument.Text("name");
        if (name is not null)
        {
            CheckName(instrument, name);
        }

        var profile = instrument.Text("profile") is { } reference ? Profile(instrument, reference) : null;
        var connect = instrument.Text("connect") is { } text ? ConnectionString.Read(instrument, text, profile) : null;
        if (name is null || profile is null || connect is null)
        {
            return null;
        }

        if (ConnectionString.Place(connect) is { } place && !_addresses.TryAdd(place, name))
        {
            instrument.Report("connect", $"is where '{_addresses[place]}' is", "give each instrument its own address");
        }

        return new InstrumentAddress(name, profile.Name, connect);
    }

    private void CheckName(MappingReader instrument, string name)
    {
        if (name.Length > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(name[0]))
        {
            instrument.Report("name", "is not a name", "use small letters, digits, dots, dashes and underscores, at most 40");
        }
        else if (!_names.TryAdd(name, instrument.Node.Line))
        {
            instrument.Report("name", $"is given twice (first in line {_names[name]})", "give each instrument a name of its own");
        }
    }

    private HardwareProfile? Profile(MappingReader instrument, string reference)
    {
        if (_profiles.Find(reference) is { } known)
        {
            return known;
        }

        var path = Path.Combine(Path.GetDirectoryName(_fileName) ?? "", Path.HasExtension(reference) ? reference : reference + ".yaml");
        if (!File.Exists(path))
        {
            var near = NearName.Find(reference, _profiles.Profiles.Select(profile => profile.Name));
            instrument.Report(
                "profile",
                "is neither a shipped profile nor a file beside the station",
                (near is null ? "" : $"did you mean {near}? ") + $"Shipped are {string.Join(", ", _profiles.Profiles.Select(profile => profile.Name))}");
            return null;
        }

        var (profile, problems) = ProfileLibrary.ReadFile(path);
        if (profile is null)
        {
            instrument.Report("profile", $"has {problems.Count} problem(s), the first: {problems[0]}", $"correct {path}");
            return null;
        }

        _profiles = _profiles.With(profile);
        return profile;
    }
}
