using Curation.Yaml;

namespace Klear.Model.Training.Plans;

/// <summary>Reads training plans.</summary>
public static class PlanFile
{
    // A plan with many stages takes a few KiB; what is far above that is not a plan.
    private const int MaxBytes = 256 * 1024;

    /// <summary>Reads a plan.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="modelSettings">Names that may stand beside <c>preset</c> under <c>model</c>; null takes any, for a reader that knows no model.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PlanException">It cannot be used; holds every error with its place.</exception>
    public static TrainPlan Load(string path, IReadOnlyCollection<string>? modelSettings = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Parse(ReadFile(path), path, modelSettings);
    }

    /// <summary>Reads a plan from text: YAML, or the canonical JSON of <see cref="CanonicalPlan"/>, which is YAML too.</summary>
    /// <param name="yaml">The content of a plan file.</param>
    /// <param name="file">What the text is called in errors.</param>
    /// <param name="modelSettings">Names that may stand beside <c>preset</c> under <c>model</c>; null takes any.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PlanException">It cannot be used; holds every error with its place.</exception>
    public static TrainPlan Parse(string yaml, string file, IReadOnlyCollection<string>? modelSettings = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);

        var errors = new List<YamlError>();
        var root = new YamlNodeReader(errors, "plan", "plans").Read(yaml);
        var plan = root is null ? null : new PlanReader(errors, modelSettings).Read(root);
        return plan is not null && errors.Count == 0
            ? plan
            : throw new PlanException(file, errors);
    }

    private static string ReadFile(string path)
    {
        try
        {
            return YamlText.Read(path, MaxBytes, "plan");
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

    private static PlanException Unusable(string path, string message) => new(path, [new YamlError(0, 0, message)]);
}
