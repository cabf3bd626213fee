namespace Klear.Model.Model;

/// <summary>Where sound stands on the time axis of the pictures in MixD-RoPE.</summary>
public enum RopeArrangement
{
    /// <summary>Sound's ids go on after the largest time id of the pictures: the paper's words.</summary>
    Sequential,

    /// <summary>Sound's ids are scaled onto the pictures' time axis, so that both span the same range (as Ovi does).</summary>
    Scaled,

    /// <summary>Both are in seconds times <see cref="KlearConfig.IdsPerSecond"/> (as LTX-2 does).</summary>
    Seconds,
}
