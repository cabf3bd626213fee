using System.Numerics;
using System.Runtime.CompilerServices;

namespace Curation.Models.Features;

/// <summary>One complex number of every lane.</summary>
internal readonly struct ComplexLanes(Vector<double> real, Vector<double> imaginary)
{
    public readonly Vector<double> Real = real;
    public readonly Vector<double> Imaginary = imaginary;

    /// <summary>The square of the magnitude.</summary>
    public Vector<double> Power
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Real * Real) + (Imaginary * Imaginary);
    }

    /// <summary>The mirror image at the real axis.</summary>
    public ComplexLanes Conjugate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Real, -Imaginary);
    }

    /// <summary>This times -i.</summary>
    public ComplexLanes TurnedBack
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Imaginary, -Real);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator +(ComplexLanes a, ComplexLanes b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator -(ComplexLanes a, ComplexLanes b) => new(a.Real - b.Real, a.Imaginary - b.Imaginary);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(ComplexLanes a, double factor) => new(a.Real * factor, a.Imaginary * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ComplexLanes operator *(ComplexLanes a, Complex turn) =>
        new((a.Real * turn.Real) - (a.Imaginary * turn.Imaginary), (a.Real * turn.Imaginary) + (a.Imaginary * turn.Real));
}
