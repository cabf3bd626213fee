using Curation.Models.Running;

namespace Curation.Models.Catalogue;

/// <summary>One file of a slot.</summary>
/// <param name="Name">Its name in the models folder.</param>
/// <param name="Url">Where it is published; null where it has to be imported or placed by hand.</param>
/// <param name="Sha256">SHA-256 in lower-case hex; null until a first pull pins it.</param>
public sealed record CatalogFile(string Name, Uri? Url, string? Sha256)
{
    /// <summary>How to get it where there is no address.</summary>
    public string? ByHand { get; init; }

    /// <summary>Whether the model may do without it.</summary>
    public bool Optional { get; init; }

    /// <summary>What whoever puts it there by hand should know; null where nothing.</summary>
    public string? Note { get; init; }

    /// <summary>What a graph takes; empty where the file is no graph or its inputs are open.</summary>
    public IReadOnlyList<TensorContract> Inputs { get; init; } = [];

    /// <summary>What a graph gives.</summary>
    public IReadOnlyList<TensorContract> Outputs { get; init; } = [];

    /// <summary>Whether it is an ONNX graph.</summary>
    public bool IsGraph => Name.EndsWith(".onnx", StringComparison.Ordinal);
}
