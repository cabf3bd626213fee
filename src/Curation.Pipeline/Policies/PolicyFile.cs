using Curation.Clips.Deciding;
using Curation.Yaml;

namespace Curation.Pipeline.Policies;

/// <summary>Reads policies: presets by name, files by path.</summary>
public static class PolicyFile
{
    // The presets take 4 KiB; what is far above that is not a policy.
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads a policy and checks it against the measurements there are.</summary>
    /// <param name="pathOrPresetName">A preset of <see cref="PolicyPresets.Names"/>, or the path of a YAML file. A preset wins; a file with its name is <c>./klear</c>.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="PolicyException">It cannot be used; holds every error with its place.</exception>
    public static Policy Load(string pathOrPresetName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pathOrPresetName);

        return Parse(PolicyPresets.Find(pathOrPresetName) ?? ReadFile(pathOrPresetName), pathOrPresetName);
    }

    /// <summary>Reads the prices that stand in a policy file.</summary>
    /// <param name="pathOrPresetName">As for <see cref="Load"/>.</param>
    /// <returns>Null where the file has no table <c>prices</c>.</returns>
    /// <exception cref="PolicyException">The file cannot be used as a policy; holds every error with its place.</exception>
    public static PriceTable? LoadPrices(string pathOrPresetName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pathOrPresetName);

        return ParsePrices(PolicyPresets.Find(pathOrPresetName) ?? ReadFile(pathOrPresetName), pathOrPresetName);
    }

    /// <summary>Reads a policy from text.</summary>
    /// <param name="yaml">The content of a policy file.</param>
    /// <param name="file">What the text is called in errors.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="PolicyException">It cannot be used; holds every error with its place.</exception>
    public static Policy Parse(string yaml, string file) => Read(yaml, file).Policy;

    /// <summary>Reads the prices from the text of a policy file.</summary>
    /// <param name="yaml">The content of a policy file.</param>
    /// <param name="file">What the text is called in errors.</param>
    /// <returns>Null where it has no table <c>prices</c>.</returns>
    /// <exception cref="PolicyException">The text cannot be used as a policy; holds every error with its place.</exception>
    public static PriceTable? ParsePrices(string yaml, string file) => Read(yaml, file).Prices;

    private static (Policy Policy, PriceTable? Prices) Read(string yaml, string file)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);

        var errors = new List<YamlError>();
        var root = new YamlNodeReader(errors, "policy", "policies").Read(yaml);
        var reader = new PolicyReader(errors);
        var policy = root is null ? null : reader.Read(root);
        return policy is not null && errors.Count == 0
            ? (policy, reader.Prices)
            : throw new PolicyException(file, errors);
    }

    private static string ReadFile(string path)
    {
        try
        {
            return YamlText.Read(path, MaxBytes, "policy");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(path, $"no such file, and no preset of that name; {NearestName.Suggest(path, PolicyPresets.Names)}");
        }
        catch (InvalidDataException exception)
        {
            throw Unusable(path, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be read: {exception.Message}");
        }
    }

    private static PolicyException Unusable(string path, string message) => new(path, [new YamlError(0, 0, message)]);
}
