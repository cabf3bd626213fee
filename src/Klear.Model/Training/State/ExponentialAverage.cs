using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Training.State;

// n elements of a flat buffer

/// <summary>Running average of all parameters: what is sampled from and published.</summary>
public sealed class ExponentialAverage : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly double _decay;
    private readonly bool _warmsUp;

    /// <summary>An average that holds the parameters as they are now.</summary>
    /// <param name="parameters">What is averaged.</param>
    /// <param name="decay">Share of the average that an update keeps, in [0, 1).</param>
    /// <param name="warmsUp">Whether the average is the plain mean of all updates until it has as many as <paramref name="decay"/> remembers, 1 / (1 - decay), so that the untrained parameters leave no trace in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not in [0, 1).</exception>
    public ExponentialAverage(FlatParameters parameters, double decay, bool warmsUp = true)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (decay is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of an average is in [0, 1).");

        (_parameters, _decay, _warmsUp) = (parameters, decay, warmsUp);
        using var withoutGradients = no_grad();
        Average = parameters.Master.clone().DetachFromDisposeScope();
    }

    /// <summary>The average in single precision [n]; name its parts by <see cref="FlatParameters.Views"/>.</summary>
    public Tensor Average { get; }

    /// <summary>Updates made.</summary>
    public long Updates { get; private set; }

    /// <summary>Takes the parameters in.</summary>
    public void Update()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        Updates++;
        var share = _warmsUp ? Math.Max(1 - _decay, 1.0 / Updates) : 1 - _decay;
        if (share >= 1)
        {
            Average.copy_(_parameters.Master);
        }
        else
        {
            Average.lerp_(_parameters.Master, tensor((float)share, device: Average.device));
        }
    }

    /// <summary>Goes on after so many updates, once <see cref="Average"/> is filled.</summary>
    /// <param name="updates">Updates that led to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public void ResumeAfter(long updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        Updates = updates;
    }

    /// <summary>Lets the module compute with the average, to sample or to validate.</summary>
    /// <returns>Gives the module its parameters back, bit for bit, when disposed; nothing may be trained or saved before.</returns>
    public IDisposable Apply() => new Applied(_parameters, Average);

    /// <inheritdoc/>
    public void Dispose() => Average.Dispose();

    private sealed class Applied : IDisposable
    {
        private readonly FlatParameters _parameters;
        private readonly Tensor? _trained_n;
        private bool _ended;

        public Applied(FlatParameters parameters, Tensor average_n)
        {
            _parameters = parameters;
            using var withoutGradients = no_grad();

            // In single precision the module computes with the master itself.
            if (parameters.ComputeType == ScalarType.Float32) _trained_n = parameters.Master.clone().DetachFromDisposeScope();
            parameters.CopyToModule(average_n);
        }

        public void Dispose()
        {
            if (_ended) return;

            _ended = true;
            _parameters.CopyToModule(_trained_n ?? _parameters.Master);
            _trained_n?.Dispose();
        }
    }
}
