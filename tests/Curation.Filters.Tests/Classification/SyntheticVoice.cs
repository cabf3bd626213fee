namespace Curation.Filters.Tests.Classification;

/// <summary>A source-filter voice (Fant 1960): a pulse train with Klatt and Klatt's flutter through three formant resonators, in syllables.</summary>
internal sealed class SyntheticVoice(int seed, double tract = 1)
{
    public const int Rate = 48_000;

    // Formants of a man's vowels a, e, i, o, u in Hz (Peterson and Barney 1952).
    private static readonly double[][] Vowels = [[730, 1090, 2440], [530, 1840, 2480], [270, 2290, 3010], [570, 840, 2410], [300, 870, 2240]];

    private readonly Random _random = new(seed);
    private readonly double[] _state = new double[6];
    private double _phase;
    private double _time;

    /// <summary>Syllables of a noise burst and a vowel, four a second, with a falling pitch.</summary>
    public float[] Speak(double seconds, double hz)
    {
        var samples = new List<float>();
        while (samples.Count < seconds * Rate)
        {
            var start = hz * (0.9 + (0.3 * _random.NextDouble()));
            Noise(samples, 0.05);
            Vowel(samples, 0.15, _random.Next(Vowels.Length), t => start * (1 - (0.8 * t)), edge: 0.02);
            Silence(samples, 0.05);
        }

        return [.. samples.Take((int)(seconds * Rate))];
    }

    /// <summary>Notes of 0.7 s with a vibrato of 5.5 Hz and 30 cents, a consonant before each.</summary>
    public float[] Sing(params double[] notesHz)
    {
        var samples = new List<float>();
        foreach (var hz in notesHz)
        {
            Noise(samples, 0.05);
            Vowel(samples, 0.7, _random.Next(Vowels.Length), t => hz * Math.Pow(2, 30.0 / 1200 * Math.Sin(2 * Math.PI * 5.5 * t)), edge: 0.03);
            Silence(samples, 0.05);
        }

        return [.. samples];
    }

    private void Vowel(List<float> samples, double seconds, int vowel, Func<double, double> pitch, double edge)
    {
        var count = (int)(seconds * Rate);
        for (var i = 0; i < count; i++)
        {
            var t = i / (double)Rate;
            _time += 1.0 / Rate;
            var flutter = (Math.Sin(2 * Math.PI * 12.7 * _time) + Math.Sin(2 * Math.PI * 7.1 * _time) + Math.Sin(2 * Math.PI * 4.7 * _time)) * 0.25 / 50;
            _phase += pitch(t) * (1 + flutter) / Rate;
            var x = 0.0;
            if (_phase >= 1)
            {
                _phase -= 1;
                x = 1;
            }

            x += 0.002 * Gauss();
            for (var f = 0; f < 3; f++) x = Resonate(f, Vowels[vowel][f] * tract, 60 + (30 * f), x);
            var gain = Math.Min(1, Math.Min(t, seconds - t) / edge);
            samples.Add((float)(0.3 * gain * x));
        }
    }

    private double Resonate(int index, double hz, double bandwidth, double x)
    {
        var c = -Math.Exp(-2 * Math.PI * bandwidth / Rate);
        var b = 2 * Math.Exp(-Math.PI * bandwidth / Rate) * Math.Cos(2 * Math.PI * hz / Rate);
        var y = ((1 - b - c) * x * 20) + (b * _state[2 * index]) + (c * _state[(2 * index) + 1]);
        (_state[2 * index], _state[(2 * index) + 1]) = (y, _state[2 * index]);
        return y / 4;
    }

    private void Noise(List<float> samples, double seconds)
    {
        var last = 0.0;
        for (var i = 0; i < seconds * Rate; i++)
        {
            var noise = Gauss();
            samples.Add((float)(0.02 * (noise - last)));
            last = noise;
        }
    }

    private void Silence(List<float> samples, double seconds)
    {
        for (var i = 0; i < seconds * Rate; i++) samples.Add((float)(0.0003 * Gauss()));
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
