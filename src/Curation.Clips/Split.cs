namespace Curation.Clips;

/// <summary>The four parts of the data set, by kind of sound.</summary>
public enum Split
{
    /// <summary>No voice.</summary>
    Sound,

    /// <summary>One person speaks.</summary>
    SingleSpeech,

    /// <summary>Several people speak.</summary>
    MultiSpeech,

    /// <summary>Somebody sings.</summary>
    Singing,
}
