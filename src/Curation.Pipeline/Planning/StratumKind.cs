namespace Curation.Pipeline.Planning;

/// <summary>What parts the sources of an input into strata.</summary>
public enum StratumKind
{
    /// <summary>The first folder below the input.</summary>
    Folder,

    /// <summary>The container, by the ending of the name.</summary>
    Container,
}
