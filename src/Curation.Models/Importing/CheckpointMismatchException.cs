using System.Text;

namespace Curation.Models.Importing;

/// <summary>A checkpoint does not hold the model it was taken for; every difference is listed at once.</summary>
public sealed class CheckpointMismatchException : Exception
{
    private const int Listed = 12;

    /// <summary>Lists the differences.</summary>
    /// <param name="model">The model that was expected.</param>
    /// <param name="missing">Keys the model needs and the checkpoint lacks.</param>
    /// <param name="unexpected">Keys the checkpoint has and the model does not know.</param>
    /// <param name="misshaped">Tensors of another shape.</param>
    public CheckpointMismatchException(string model, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<MisshapedTensor> misshaped)
        : base(Compose(model, missing, unexpected, misshaped))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshaped = misshaped;
    }

    /// <summary>Keys the model needs and the checkpoint lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Keys the checkpoint has and the model does not know.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Tensors of another shape.</summary>
    public IReadOnlyList<MisshapedTensor> Misshaped { get; }

    private static string Compose(string model, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<MisshapedTensor> misshaped)
    {
        var text = new StringBuilder($"This checkpoint is not {model}.");
        Append(text, "missing", missing);
        Append(text, "unexpected", unexpected);
        Append(text, "of another shape", [.. misshaped.Select(tensor => tensor.ToString())]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return;

        text.AppendLine().Append($"  {names.Count} {what}: ").AppendJoin(", ", names.Take(Listed));
        if (names.Count > Listed) text.Append($" and {names.Count - Listed} more");
    }
}
