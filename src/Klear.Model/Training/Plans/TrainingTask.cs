namespace Klear.Model.Training.Plans;

/// <summary>What the model is given and what it makes. T is text, I a first picture, A sound, V video.</summary>
public enum TrainingTask
{
    /// <summary>Text to sound and video.</summary>
    T2Av,

    /// <summary>Text and picture to sound and video.</summary>
    Ti2Av,

    /// <summary>Text and picture to video.</summary>
    Ti2V,

    /// <summary>Text to video.</summary>
    T2V,

    /// <summary>Text to sound.</summary>
    T2A,

    /// <summary>Picture to video.</summary>
    I2V,

    /// <summary>Picture to sound and video.</summary>
    I2Av,
}
