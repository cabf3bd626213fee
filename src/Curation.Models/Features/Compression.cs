using System.Numerics.Tensors;

namespace Curation.Models.Features;

/// <summary>What is done to band energies before they become features.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="Floor">Smaller energies are raised to it first.</param>
/// <param name="Offset">Added first.</param>
internal readonly record struct Compression(Compression.Kind Curve, double Floor = 0, double Offset = 0)
{
    /// <summary>Curves.</summary>
    public enum Kind
    {
        /// <summary>None: energies as they are.</summary>
        Linear,

        /// <summary>Natural logarithm.</summary>
        Ln,

        /// <summary>Decimal logarithm.</summary>
        Log10,
    }

    /// <summary>Works in place.</summary>
    public void Apply(Span<double> energies)
    {
        if (Offset != 0) TensorPrimitives.Add(energies, Offset, energies);
        if (Floor > 0) TensorPrimitives.Max(energies, Floor, energies);

        switch (Curve)
        {
            case Kind.Ln: TensorPrimitives.Log(energies, energies); break;
            case Kind.Log10: TensorPrimitives.Log10(energies, energies); break;
            // An absurdly loud input must not leave as infinity when it is narrowed to single precision.
            default: TensorPrimitives.Min(energies, (double)float.MaxValue, energies); break;
        }
    }
}
