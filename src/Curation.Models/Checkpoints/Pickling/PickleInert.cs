namespace Curation.Models.Checkpoints.Pickling;

/// <summary>Stands for an object of a listed class that carries no tensors for us; what it was built from is dropped.</summary>
internal sealed class PickleInert(string typeName)
{
    public string TypeName { get; } = typeName;
}
