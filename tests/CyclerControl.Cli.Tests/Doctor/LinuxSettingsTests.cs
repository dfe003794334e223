using CyclerControl.Cli.Doctor;
using CyclerControl.Cli.Tests.Processes;

namespace CyclerControl.Cli.Tests.Doctor;

public sealed class LinuxSettingsTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Sleep_WithoutSystemd_IsNotReadable() => Assert.StartsWith("not readable here", new LinuxSettings(_root.Path).Sleep().Says, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sleep_TargetMaskedOrNot_AdvisesAccordingly(bool masked)
    {
        Directory.CreateDirectory(_root.File("run/systemd/system"));
        var units = Directory.CreateDirectory(_root.File("etc/systemd/system")).FullName;
        if (masked)
        {
            File.CreateSymbolicLink(Path.Combine(units, "sleep.target"), "/dev/null");
        }

        Assert.Equal(masked, new LinuxSettings(_root.Path).Sleep().Advice is null);
    }

    [Fact]
    public void Updates_WithoutApt_AreNotReadable() => Assert.StartsWith("not readable here", new LinuxSettings(_root.Path).Updates().Says, StringComparison.Ordinal);

    [Theory]
    [InlineData("0", "true", "apt installs nothing by itself", false)]
    [InlineData("1", "false", "apt upgrades by itself, without a restart", false)]
    [InlineData("1", "true", "apt upgrades by itself and restarts the computer", true)]
    public void Updates_AsAptIsTold_AreSaid(string automatic, string reboot, string says, bool advises)
    {
        var folder = Directory.CreateDirectory(_root.File("etc/apt/apt.conf.d")).FullName;
        File.WriteAllText(Path.Combine(folder, "20auto-upgrades"), $"APT::Periodic::Unattended-Upgrade \"{automatic}\";\n");
        File.WriteAllText(
            Path.Combine(folder, "50unattended-upgrades"), $"//Unattended-Upgrade::Automatic-Reboot \"true\";\nUnattended-Upgrade::Automatic-Reboot \"{reboot}\";\n");

        var found = new LinuxSettings(_root.Path).Updates();

        Assert.Equal((says, advises), (found.Says, found.Advice is not null));
    }

    [Theory]
    [InlineData("ext4", false)]
    [InlineData("tmpfs", true)]
    [InlineData("exFAT", true)]
    public void FileSystemAdvice_WhatLosesData_IsNamed(string fileSystem, bool advises) =>
        Assert.Equal(advises, MachineExamination.FileSystemAdvice(fileSystem) is not null);
}
