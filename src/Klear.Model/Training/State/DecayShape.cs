namespace Klear.Model.Training.State;

/// <summary>How the learning rate goes from its peak to its floor.</summary>
public enum DecayShape
{
    /// <summary>It stays at the peak.</summary>
    Constant,

    /// <summary>Half a cosine: slow at both ends.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
