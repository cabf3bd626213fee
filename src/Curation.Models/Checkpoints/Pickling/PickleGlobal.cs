namespace Curation.Models.Checkpoints.Pickling;

/// <summary>A Python class or function that a pickle names. It is only a name: nothing is imported.</summary>
internal sealed class PickleGlobal(string module, string name)
{
    public string Module { get; } = module;

    public string Name { get; } = name;

    public string FullName { get; } = $"{module}.{name}";
}
