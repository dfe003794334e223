namespace CyclerControl.Recording.Files;

/// <summary>Tells network file systems apart: SQLite's locks and shared memory do not work on them.</summary>
internal static class NetworkMounts
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs",
        "vboxsf", "vmhgfs",
        "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
    };

    /// <summary>Type of the network file system that holds the folder; null on a local disk.</summary>
    public static string? TypeOf(string fullPath)
    {
        if (OperatingSystem.IsWindows())
        {
            var root = Path.GetPathRoot(fullPath) ?? "";
            return root.StartsWith(@"\\", StringComparison.Ordinal) || new DriveInfo(root).DriveType == DriveType.Network
                ? "network drive"
                : null;
        }

        const string mounts = "/proc/mounts";
        return File.Exists(mounts) ? TypeIn(File.ReadLines(mounts), fullPath) : null;
    }

    /// <param name="mounts">Lines of /proc/mounts: device, mount point, type, options ...; blanks in names are written \040.</param>
    public static string? TypeIn(IEnumerable<string> mounts, string fullPath)
    {
        var longest = -1;
        string? type = null;
        foreach (var line in mounts)
        {
            var fields = line.Split(' ');
            if (fields.Length < 3)
                continue;
            var point = fields[1].Replace("\\040", " ", StringComparison.Ordinal).TrimEnd('/');
            var holds = fullPath.StartsWith(point, StringComparison.Ordinal)
                && (fullPath.Length == point.Length || fullPath[point.Length] == '/');
            if (holds && point.Length >= longest) // a later mount on the same point hides the earlier one
            {
                longest = point.Length;
                type = fields[2];
            }
        }

        return type is not null && Types.Contains(type) ? type : null;
    }
}
