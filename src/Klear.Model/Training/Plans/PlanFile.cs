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

        var errors = new List<PlanError>();
        var root = new PlanNodeReader(errors).Read(yaml);
        var plan = root is null ? null : new PlanReader(errors, modelSettings).Read(root);
        return plan is not null && errors.Count == 0
            ? plan
            : throw new PlanException(file, [.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }

    private static string ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);

            // One byte more than allowed is asked for, so that a device or a growing file cannot be read without end.
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > MaxBytes) throw Unusable(path, string.Create(null, $"larger than {MaxBytes / 1024} KiB; this is not a plan"));

            using var reader = new StreamReader(new MemoryStream(buffer, 0, length));
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, $"cannot be read: {exception.Message}");
        }
    }

    private static PlanException Unusable(string path, string message) => new(path, [new PlanError(0, 0, message)]);
}
