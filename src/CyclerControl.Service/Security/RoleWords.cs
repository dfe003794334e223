using CyclerControl.Client.Security;

namespace CyclerControl.Service.Security;

/// <summary>Roles as people write them.</summary>
internal static class RoleWords
{
    public const string All = "viewer, operator, engineer, admin";

    public static string Word(this Role role) => role.ToString().ToLowerInvariant();

    public static Role? Parse(string text) => text switch
    {
        "viewer" => Role.Viewer,
        "operator" => Role.Operator,
        "engineer" => Role.Engineer,
        "admin" => Role.Admin,
        _ => null,
    };
}
