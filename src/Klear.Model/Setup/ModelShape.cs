using Klear.Model.Model;
using Klear.Model.Training.Plans;

namespace Klear.Model.Setup;

/// <summary>The shape of the model that a plan names: a preset, what the plan changes of it, and what the codecs decide.</summary>
public static class ModelShape
{
    private const string SpeechWidth = "speech_width";

    /// <summary>Names that may stand beside <c>preset</c> under <c>model</c> in a plan.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["layers", "hidden", "heads", "feed_forward", "shared_weights", "patch", "rope_theta", "ids_per_second", "predicts_data", SpeechWidth];

    /// <summary>The shape.</summary>
    /// <param name="plan">Preset and changes.</param>
    /// <param name="codecs">They decide the channels, the rates and how captions come.</param>
    /// <exception cref="ArgumentException">A setting is no number, or no model can have the shape; all that is wrong is said.</exception>
    public static KlearConfig Of(TrainPlan plan, CodecSet codecs)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(codecs);
        var wrong = new List<string>();
        var preset = KlearPresets.Get(plan.Model.Preset);
        var shape = preset with
        {
            Layers = Whole("layers", preset.Layers),
            Hidden = Whole("hidden", preset.Hidden),
            Heads = Whole("heads", preset.Heads),
            FeedForward = Whole("feed_forward", preset.FeedForward),
            SharedWeights = Flag("shared_weights", preset.SharedWeights),
            Patch = Whole("patch", preset.Patch),
            RopeTheta = Number("rope_theta", preset.RopeTheta),
            IdsPerSecond = Number("ids_per_second", preset.IdsPerSecond),
            PredictsData = Flag("predicts_data", preset.PredictsData),
            Rope = plan.Rope,
            VideoChannels = codecs.Video.Channels,
            AudioChannels = codecs.Audio.Channels,
            TextWidth = codecs.Text.Width,
            TextBuckets = codecs.Text.Buckets,
            SpeechWidth = Speech(),
            VideoFramesPerSecond = (double)plan.Encode.Clips.PicturesPerSecond / codecs.Video.TimeFactor,
            AudioFramesPerSecond = (double)codecs.Audio.SampleRate / codecs.Audio.Hop,
        };
        if (wrong.Count > 0) throw new ArgumentException(string.Join("; ", wrong));

        return shape.Checked();

        double Number(string name, double otherwise)
        {
            if (!plan.Model.Overrides.TryGetValue(name, out var setting)) return otherwise;
            if (setting.Number is { } number) return number;

            wrong.Add($"line {setting.Line}: model.{name} is '{setting.Text}', a number is needed");
            return otherwise;
        }

        int Whole(string name, int otherwise)
        {
            var number = Number(name, otherwise);
            if (number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue) return (int)number;

            wrong.Add($"model.{name} is {number}, a whole number is needed");
            return otherwise;
        }

        // A path that nothing comes along is no part of the model, and speech that nothing reads is a mistake.
        int Speech()
        {
            var width = Whole(SpeechWidth, preset.SpeechWidth);
            if (codecs.SpeechBytes is null)
            {
                if (width != 0 && plan.Model.Overrides.TryGetValue(SpeechWidth, out var setting)) wrong.Add($"line {setting.Line}: model.{SpeechWidth} is {width}, but speech goes with the caption; add 'speech: bytes' to encode.text, or leave the width out");
                return 0;
            }

            if (width == 0) wrong.Add($"encode.text.speech is bytes, but the model has no path for it; add '{SpeechWidth}' to model, such as the paper's 1024, or leave speech with the caption: 'speech: joint'");
            return width;
        }

        bool Flag(string name, bool otherwise)
        {
            if (!plan.Model.Overrides.TryGetValue(name, out var setting)) return otherwise;
            if (bool.TryParse(setting.Text, out var flag)) return flag;

            wrong.Add($"line {setting.Line}: model.{name} is '{setting.Text}', true or false is needed");
            return otherwise;
        }
    }
}
