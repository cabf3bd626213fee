using System.Text.Json.Serialization;
using Curation.Clips;
using Klear.Model.Model;

namespace Klear.Model.Training.Plans;

/// <summary>One cell of a stage's mixture: what is trained on which kind of clip. In files it is <c>t2av/singing</c>.</summary>
/// <param name="Task">The task.</param>
/// <param name="Split">The split.</param>
[JsonConverter(typeof(MixtureCellConverter))]
public readonly record struct MixtureCell(KlearTask Task, Split Split)
{
    /// <summary>The cell with a name.</summary>
    /// <param name="name">For example <c>t2av/singing</c>.</param>
    /// <returns>Null where no cell has the name.</returns>
    public static MixtureCell? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split('/') is [var task, var split] && PlanNames.Tasks.TryGetValue(task, out var known) && SplitNames.Find(split) is { } kind
            ? new MixtureCell(known, kind)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{PlanNames.Tasks.NameOf(Task)}/{Split.ToName()}";
}
