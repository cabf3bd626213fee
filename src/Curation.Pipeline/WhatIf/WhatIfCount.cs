namespace Curation.Pipeline.WhatIf;

/// <summary>Some clips.</summary>
/// <param name="Clips">How many.</param>
/// <param name="Seconds">How long they last together.</param>
public readonly record struct WhatIfCount(int Clips, double Seconds)
{
    /// <summary>How long they last together.</summary>
    public double Hours => Seconds / 3600;

    /// <summary>Both together.</summary>
    /// <param name="left">Some clips.</param>
    /// <param name="right">Some others.</param>
    /// <returns>The sum.</returns>
    public static WhatIfCount operator +(WhatIfCount left, WhatIfCount right) => new(left.Clips + right.Clips, left.Seconds + right.Seconds);

    /// <summary>Both together.</summary>
    /// <param name="other">Some others.</param>
    /// <returns>The sum.</returns>
    public WhatIfCount Add(WhatIfCount other) => this + other;
}
