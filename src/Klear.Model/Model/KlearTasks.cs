namespace Klear.Model.Model;

/// <summary>Which streams a task has. A stream that it does not have is left out of the sequence, so that it has no influence at all.</summary>
public static class KlearTasks
{
    /// <summary>Every task, in order of declaration.</summary>
    public static IReadOnlyList<KlearTask> All { get; } = Enum.GetValues<KlearTask>();

    /// <summary>Whether pictures are generated.</summary>
    public static bool HasVideo(this KlearTask task) => task != KlearTask.T2A;

    /// <summary>Whether sound is generated.</summary>
    public static bool HasAudio(this KlearTask task) => task is KlearTask.T2AV or KlearTask.TI2AV or KlearTask.T2A or KlearTask.I2AV;

    /// <summary>Whether text is given.</summary>
    public static bool HasText(this KlearTask task) => task is not (KlearTask.I2V or KlearTask.I2AV);

    /// <summary>Whether the first picture is given.</summary>
    public static bool HasImage(this KlearTask task) => task is KlearTask.TI2AV or KlearTask.TI2V or KlearTask.I2V or KlearTask.I2AV;

    /// <summary>The task's name on command lines and in files: lower case.</summary>
    public static string Name(this KlearTask task) => task.ToString().ToLowerInvariant();

    /// <summary>The task of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static KlearTask Parse(string name) =>
        All.Where(task => string.Equals(task.Name(), name, StringComparison.OrdinalIgnoreCase)).Select(task => (KlearTask?)task).SingleOrDefault()
        ?? throw new ArgumentException($"'{name}' is no task; there are {string.Join(", ", All.Select(Name))}", nameof(name));
}
