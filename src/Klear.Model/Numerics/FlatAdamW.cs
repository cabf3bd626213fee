using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// s elements of the shard: the part of the flat buffers that this optimiser steps

/// <summary>AdamW over flat buffers: a handful of operations a step, whatever the number of tensors. It steps a shard where several processes share the work.</summary>
public sealed class FlatAdamW : IDisposable
{
    private const string FirstMomentPrefix = "exp_avg.";
    private const string SecondMomentPrefix = "exp_avg_sq.";

    private readonly FlatParameters _parameters;
    private readonly AdamWOptions _options;
    private readonly Tensor _master_s;
    private readonly Tensor _gradient_s;
    private readonly Tensor? _decayed;
    private readonly Tensor _weight;

    /// <summary>An optimiser of all parameters.</summary>
    /// <param name="parameters">What it steps.</param>
    /// <param name="options">Betas, epsilon and decay.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public FlatAdamW(FlatParameters parameters, AdamWOptions options)
        : this(parameters, options, 0, parameters?.Length ?? throw new ArgumentNullException(nameof(parameters)))
    {
    }

    /// <summary>An optimiser of a shard.</summary>
    /// <param name="parameters">What it steps.</param>
    /// <param name="options">Betas, epsilon and decay.</param>
    /// <param name="start">The shard's first element of the flat buffers.</param>
    /// <param name="length">Its elements; parameters may lie across its ends.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the shard leaves the buffers.</exception>
    public FlatAdamW(FlatParameters parameters, AdamWOptions options, long start, long length)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (start < 0 || length <= 0 || start > parameters.Length - length) throw new ArgumentException($"A shard of {length} elements from {start} is no part of {parameters.Length}.", nameof(length));

        (_parameters, _options) = (parameters, options);
        _master_s = Own(parameters.Master.narrow(0, start, length));
        _gradient_s = Own(parameters.Gradient.narrow(0, start, length));
        var decayed = Math.Min(parameters.DecayedLength - start, length);
        if (decayed > 0 && options.WeightDecay > 0) _decayed = Own(_master_s.narrow(0, 0, decayed));
        _weight = Own(tensor((float)(1 - options.Beta1), device: parameters.Master.device));
        FirstMoment = Own(zeros_like(_master_s));
        SecondMoment = Own(zeros_like(_master_s));
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Mean gradient [s].</summary>
    public Tensor FirstMoment { get; }

    /// <summary>Mean squared gradient [s].</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Steps by the gradients collected so far. The module computes with the new values, unless this is a shard: then whoever gathers the shards calls <see cref="FlatParameters.CopyToModule()"/>.</summary>
    /// <param name="learningRate">0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public void Step(double learningRate)
    {
        if (!(learningRate >= 0 && double.IsFinite(learningRate))) throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate is 0 or above.");

        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        Steps++;
        var correction1 = 1 - Math.Pow(_options.Beta1, Steps);
        var correction2 = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));

        _decayed?.mul_(1 - (learningRate * _options.WeightDecay));
        FirstMoment.lerp_(_gradient_s, _weight);
        SecondMoment.mul_(_options.Beta2).addcmul_(_gradient_s, _gradient_s, 1 - _options.Beta2);

        // m / c1 / (sqrt(v) / c2 + e) = (c2 / c1) m / (sqrt(v) + e c2): one pass over the buffer less.
        foreach (var (start, count) in _parameters.Parts(_master_s.numel()))
        {
            var denominator = _parameters.Scratch.narrow(0, 0, count).copy_(SecondMoment.narrow(0, start, count)).sqrt_().add_(_options.Epsilon * correction2);
            _master_s.narrow(0, start, count).addcdiv_(FirstMoment.narrow(0, start, count), denominator, -learningRate * correction2 / correction1);
        }

        if (_master_s.numel() == _parameters.Length) _parameters.CopyToModule();
    }

    /// <summary>The moments by parameter, named <c>exp_avg.NAME</c> and <c>exp_avg_sq.NAME</c>, to be saved or to be filled from a checkpoint.</summary>
    /// <returns>Views, in the caller's dispose scope.</returns>
    /// <exception cref="InvalidOperationException">This optimiser steps a shard; gather the moments and name them by <see cref="FlatParameters.Views"/>.</exception>
    public IReadOnlyDictionary<string, Tensor> Moments()
    {
        if (_master_s.numel() != _parameters.Length) throw new InvalidOperationException("A shard's moments have no names of their own, for parameters lie across its ends.");

        return _parameters.Views(FirstMoment).Select(view => (Name: FirstMomentPrefix + view.Key, view.Value))
            .Concat(_parameters.Views(SecondMoment).Select(view => (Name: SecondMomentPrefix + view.Key, view.Value)))
            .ToDictionary(view => view.Name, view => view.Value, StringComparer.Ordinal);
    }

    /// <summary>Goes on after so many steps, once the moments are filled.</summary>
    /// <param name="steps">Steps that led to the moments.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public void ResumeAfter(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _master_s.Dispose();
        _gradient_s.Dispose();
        _decayed?.Dispose();
        _weight.Dispose();
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private static Tensor Own(Tensor tensor) => tensor.DetachFromDisposeScope();
}
