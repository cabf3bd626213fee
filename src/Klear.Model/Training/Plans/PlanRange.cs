using System.Globalization;

namespace Klear.Model.Training.Plans;

/// <summary>Numbers that a value may be.</summary>
internal readonly record struct PlanRange(double Low, double High, bool LowOpen = false, bool HighOpen = false)
{
    public bool Holds(double number) => (LowOpen ? number > Low : number >= Low) && (HighOpen ? number < High : number <= High);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(LowOpen ? "above " : "from ")}{Low} {(HighOpen ? "to below" : "to")} {High}");
}
