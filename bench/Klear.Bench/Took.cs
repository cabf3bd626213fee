namespace Klear.Bench;

/// <summary>What one call took.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="Processor">Time of all of this process's threads, seconds: other programs on the machine disturb it less, but it does not see threads that wait for one another.</param>
internal readonly record struct Took(double Seconds, double Processor)
{
    public static Took operator +(Took a, Took b) => new(a.Seconds + b.Seconds, a.Processor + b.Processor);
}
