namespace Curation.Models.Speech.Whisper;

/// <summary>Chooses how sequences go on.</summary>
internal interface ITokenChooser
{
    /// <summary>Sequences that the chooser wants to follow.</summary>
    int Sequences { get; }

    /// <summary>Chooses the next tokens.</summary>
    /// <param name="logits">Filtered logits, one list for each present sequence.</param>
    /// <returns>Index of the sequence that each next one continues; empty where nothing is left to decode.</returns>
    int[] Advance(IReadOnlyList<float[]> logits);

    /// <summary>Sampled tokens of each present sequence.</summary>
    IReadOnlyList<IReadOnlyList<int>> Present { get; }

    /// <summary>Ends the search.</summary>
    /// <returns>Candidates without the end token, with the sum of their log probabilities.</returns>
    IReadOnlyList<Candidate> Finish();
}
