namespace Klear.Model.Flow;

/// <summary>How the time of flow matching is drawn.</summary>
public enum TimeDraw
{
    /// <summary>Evenly from 0 to 1, as the paper does.</summary>
    Uniform,

    /// <summary>The logistic function of a normal variable, as Stable Diffusion 3 does.</summary>
    LogitNormal,
}
