using static TorchSharp.torch;

namespace Klear.Model.Numerics;

// s elements of the shard: the part of the flat buffers that this optimiser steps

/// <summary>AdamW over flat buffers: a handful of operations a step, whatever the number of tensors. It steps a shard where several processes share the work.</summary>
public sealed class FlatAdamW : IDisposable
{
    private const string FirstMomentPrefix = "exp_avg.";
    private const string SecondMomentPrefix = "exp_avg_sq.";
    private const long PartElements = 1 << 24;

    private readonly FlatParameters _parameters;
    private readonly AdamWOptions _options;
    private readonly Tensor _master_s;
    private readonly Tensor _gradient_s;

    // The shard's first so many elements decay.
    private readonly long _decayed;

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
        _decayed = Math.Clamp(parameters.DecayedLength - start, 0, length);
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
        Steps++;
        var factors = AdamWFactors.Of(_options, learningRate, Steps);
        if (_master_s.device_type == TorchSharp.DeviceType.CPU)
        {
            Step(0, _decayed, factors, AdamWArithmetic.StepInOnePass);
            Step(_decayed, _master_s.numel(), factors.WithoutDecay, AdamWArithmetic.StepInOnePass);
        }
        else
        {
            // A part at a time, for the temporary of the whole would cost as much memory as a moment.
            foreach (var (start, end) in Parts(0, _decayed)) Step(start, end, factors, AdamWArithmetic.StepByTorch);
            foreach (var (start, end) in Parts(_decayed, _master_s.numel())) Step(start, end, factors.WithoutDecay, AdamWArithmetic.StepByTorch);
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
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private void Step(long start, long end, AdamWFactors factors, Action<Tensor, Tensor, Tensor, Tensor, AdamWFactors> arithmetic)
    {
        if (start == end) return;

        using var scope = NewDisposeScope();
        arithmetic(Part(_master_s), Part(_gradient_s), Part(FirstMoment), Part(SecondMoment), factors);

        Tensor Part(Tensor tensor_s) => tensor_s.narrow(0, start, end - start);
    }

    private static IEnumerable<(long Start, long End)> Parts(long start, long end)
    {
        for (; start < end; start += PartElements) yield return (start, Math.Min(end, start + PartElements));
    }

    private static Tensor Own(Tensor tensor) => tensor.DetachFromDisposeScope();
}
