namespace Curation.Clips;

/// <summary>The version of the way a clip goes. It is part of every clip's name.</summary>
public static class PipelineVersion
{
    /// <summary>Raise it when the same source would give other spans or other clip media; measurements carry versions of their own.</summary>
    public const string Current = "1";
}
