namespace Curation.Media.Samples;

/// <summary>One video of the quickstart.</summary>
/// <param name="FileName">Its name in the folder.</param>
/// <param name="WhatItIs">What is seen and heard, in words.</param>
/// <param name="ExpectedOutcome">What the policy <c>demo</c> should say of it, in words.</param>
public sealed record SampleVideo(string FileName, string WhatItIs, string ExpectedOutcome)
{
    /// <summary>Why it could not be made on this machine; null where it was written.</summary>
    public string? LeftOutBecause { get; init; }
}
