namespace Klear.Model.Training.Plans;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum DecayShape
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Along half a cosine.</summary>
    Cosine,

    /// <summary>Along a straight line.</summary>
    Linear,
}
