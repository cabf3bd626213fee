namespace Curation.Grains.Placement;

/// <summary>What a silo may be there for. A silo says so in its metadata; grains ask for it by <see cref="RoleAttribute"/>.</summary>
public static class SiloRoles
{
    /// <summary>Decodes, measures and cuts sources.</summary>
    public const string Media = "media";

    /// <summary>Runs models beside the media work.</summary>
    public const string Model = "model";

    /// <summary>Runs trainers.</summary>
    public const string Trainer = "trainer";

    /// <summary>Every role: what a silo does unless it is told otherwise.</summary>
    public static IReadOnlyList<string> All { get; } = [Media, Model, Trainer];

    /// <summary>The metadata that a silo with these roles carries: one entry a role.</summary>
    /// <param name="roles">The roles.</param>
    /// <returns>Keys and values for Orleans' silo metadata.</returns>
    public static Dictionary<string, string> ToMetadata(IEnumerable<string> roles) => roles.ToDictionary(MetadataKey, _ => "yes", StringComparer.Ordinal);

    /// <summary>The metadata's key of a role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>For example <c>role.media</c>.</returns>
    public static string MetadataKey(string role) => $"role.{role}";
}
