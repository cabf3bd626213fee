using static TorchSharp.torch;

namespace Klear.Model.Sampling;

/// <summary>
/// The steps of UniPC with B(h) = e^h - 1 and order 2, on the data that the velocity points to. Time t is the signal's level and 1 - t the noise's;
/// lambda is the logarithm of their ratio. A step first corrects where it stands with what the model says there, then predicts.
/// </summary>
internal sealed class UniPcSteps : IDisposable
{
    private Tensor[]? _lastX;
    private Tensor[]? _lastData;
    private Tensor[]? _dataBefore;
    private double _lastLambda;
    private double _lambdaBefore;
    private double _lastTime;

    public Tensor[] Step(Tensor[] x, Tensor[] velocity, double now, double next)
    {
        var lambda = Lambda(now);
        Tensor[] data = [.. x.Zip(velocity, (at, speed) => at + (speed * (1 - now)))];
        var corrected = _lastX is null ? x : [.. x.Select((_, i) => Correct(i, data[i], now, lambda))];

        // At time 1 no noise is left, and the data is the answer.
        Tensor[] result = next >= 1 ? data : [.. corrected.Select((at, i) => Predict(at, data[i], i, now, next, lambda))];
        Remember(corrected, data, now, lambda);
        return result;
    }

    public void Dispose() => Forget(_lastX, _lastData, _dataBefore);

    private Tensor Predict(Tensor x, Tensor data, int index, double now, double next, double lambda)
    {
        var h = Lambda(next) - lambda;
        var phi = Math.Exp(-h) - 1;
        var straight = (x * ((1 - next) / (1 - now))) - (data * (next * phi));
        if (_lastData is null) return straight;

        var slope = (_lastData[index] - data) / ((_lastLambda - lambda) / h);
        return straight - (slope * (next * phi * 0.5));
    }

    // The step that led here, once more, now that the data here is known.
    private Tensor Correct(int index, Tensor data, double now, double lambda)
    {
        var h = lambda - _lastLambda;
        var phi = Math.Exp(-h) - 1;
        var last = _lastData![index];
        var straight = (_lastX![index] * ((1 - now) / (1 - _lastTime))) - (last * (now * phi));
        var news = data - last;
        if (_dataBefore is null) return straight - (news * (now * phi * 0.5));

        // [1 1; r 1] * rho = b, equations (9) and (10) of the paper with hh = -h.
        var r = (_lambdaBefore - _lastLambda) / h;
        var hh = -h;
        var phi2 = (phi / hh) - 1;
        var b1 = phi2 / phi;
        var b2 = ((phi2 / hh) - 0.5) * 2 / phi;
        var rho1 = (b1 - b2) / (1 - r);
        var slope = (_dataBefore[index] - last) / r;
        return straight - (((slope * rho1) + (news * (b1 - rho1))) * (now * phi));
    }

    private void Remember(Tensor[] x, Tensor[] data, double now, double lambda)
    {
        Forget(_lastX, _dataBefore);
        _dataBefore = _lastData;
        _lambdaBefore = _lastLambda;
        _lastX = [.. x.Select(tensor => tensor.clone().DetachFromDisposeScope())];
        _lastData = [.. data.Select(tensor => tensor.clone().DetachFromDisposeScope())];
        (_lastLambda, _lastTime) = (lambda, now);
    }

    private static void Forget(params ReadOnlySpan<Tensor[]?> kept)
    {
        foreach (var tensors in kept) foreach (var tensor in tensors ?? []) tensor.Dispose();
    }

    // Minus infinity at time 0, where there is no data yet: a slope from there counts as flat, as it should.
    private static double Lambda(double time) => Math.Log(time / (1 - time));
}
