namespace Curation.Pipeline.Verifying;

/// <summary>One thing of a data set that is not as it says of itself.</summary>
/// <param name="Check">What found it: <c>shard</c>, <c>media</c> or <c>sample</c>.</param>
/// <param name="Path">The file, relative to the data set.</param>
/// <param name="Problem">What is wrong with it, in words that follow its name.</param>
public sealed record VerifyProblem(string Check, string Path, string Problem)
{
    /// <summary>A shard against the manifest.</summary>
    public const string Shard = "shard";

    /// <summary>A clip's media against its row, by its bytes.</summary>
    public const string Media = "media";

    /// <summary>A clip's media against its row, by what is in it.</summary>
    public const string Sample = "sample";
}
