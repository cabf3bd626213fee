namespace Klear.Model.Model;

/// <summary>What is given and what is generated: text (T), a first picture (I), sound (A), pictures (V).</summary>
public enum KlearTask
{
    /// <summary>Text to sound and pictures.</summary>
    T2AV,

    /// <summary>Text and a first picture to sound and pictures.</summary>
    TI2AV,

    /// <summary>Text and a first picture to pictures.</summary>
    TI2V,

    /// <summary>Text to pictures.</summary>
    T2V,

    /// <summary>Text to sound.</summary>
    T2A,

    /// <summary>A first picture to pictures.</summary>
    I2V,

    /// <summary>A first picture to sound and pictures.</summary>
    I2AV,
}
