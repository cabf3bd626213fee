using System.Globalization;
using Curation.Yaml;
using Klear.Model.Flow;
using Klear.Model.Setup;

namespace Klear.Model.Training.Plans;

/// <summary>Turns the nodes of a plan file into a plan, and collects every error on the way.</summary>
internal sealed class PlanReader(List<YamlError> errors, IReadOnlyCollection<string>? modelSettings)
{
    private const int MaxSteps = 1_000_000_000;

    private static readonly PlanRange Share = new(0, 1);
    private static readonly PlanRange Decay = new(0, 1, HighOpen: true);
    private static readonly PlanRange Step = new(0, 1, LowOpen: true);

    /// <summary>Reads the root of a plan file.</summary>
    /// <param name="root">The root.</param>
    /// <returns>The plan; worth something only where no error was written down.</returns>
    public TrainPlan Read(YamlNode root)
    {
        var section = new PlanSection(root, "", errors);
        var d = new TrainPlan("", new ModelChoice("", new Dictionary<string, ModelSetting>()), []);
        var plan = new TrainPlan(section.Name("name"), ReadModel(section), ReadStages(section))
        {
            Encode = EncodePlanReader.Read(section),
            Rope = section.Choice("rope", d.Rope, PlanNames.Ropes),
            Seed = section.Whole("seed", d.Seed, 0, long.MaxValue),
            Precision = section.Choice("precision", d.Precision, PlanNames.Precisions),
            Batch = (int)section.Whole("batch", d.Batch, 1, 1 << 20),
            Accumulate = (int)section.Whole("accumulate", d.Accumulate, 1, 1 << 20),
            CheckpointEvery = (int)section.Whole("checkpoint_every", d.CheckpointEvery, 1, MaxSteps),
            KeepCheckpoints = (int)section.Whole("keep_checkpoints", d.KeepCheckpoints, 1, 1000),
            Ema = section.Number("ema", d.Ema, Decay),
            ClipNorm = section.Number("clip_norm", d.ClipNorm, new PlanRange(0, 1e6)),
            ActivationCheckpointing = section.Choice("activation_checkpointing", d.ActivationCheckpointing, PlanNames.Flags),
            Optimizer = ReadOptimizer(section),
            Schedule = ReadSchedule(section),
            Flow = ReadFlow(section),
            CaptionDropout = ReadCaptionDropout(section),
            Divergence = ReadDivergence(section),
        };
        if (plan.Batch % plan.Accumulate != 0)
        {
            section.Add(section.Find("accumulate")!, string.Create(null, $"accumulate is {plan.Accumulate}; the batch of {plan.Batch} clips must be a multiple of it"));
        }

        section.Close();
        return plan;
    }

    private ModelChoice ReadModel(PlanSection root)
    {
        if (root.Require("model", "nano") is not { } node) return new ModelChoice("", new Dictionary<string, ModelSetting>());
        if (node is YamlScalar) return new ModelChoice(ReadPreset(root, node, "model"), new Dictionary<string, ModelSetting>());

        var section = root.Section("model")!;
        var preset = section.Require("preset", "nano") is { } name ? ReadPreset(section, name, "model.preset") : "";
        var settings = new SortedDictionary<string, ModelSetting>(StringComparer.Ordinal);
        foreach (var key in modelSettings ?? [])
        {
            if (section.Find(key) is { } value) ReadSetting(section, key, value, settings);
        }

        if (modelSettings is null)
        {
            foreach (var (key, value) in section.Rest()) ReadSetting(section, key, value, settings);
        }

        section.Close();
        return new ModelChoice(preset, settings);
    }

    private static string ReadPreset(PlanSection section, YamlNode node, string path)
    {
        if (node is YamlScalar scalar && ModelChoice.Presets.Contains(scalar.Text)) return scalar.Text;

        section.Add(node, $"{path} is {node.Kind}; {NearestName.SuggestAmong((node as YamlScalar)?.Text ?? "", ModelChoice.Presets)}");
        return "";
    }

    private static void ReadSetting(PlanSection section, string key, YamlNode node, SortedDictionary<string, ModelSetting> settings)
    {
        if (node is not YamlScalar { IsMissing: false } scalar)
        {
            section.Add(node, $"model.{key} must be a word or a number, not {node.Kind}");
            return;
        }

        double? number = scalar.IsPlain && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) ? read + 0.0 : null;
        settings.Add(key, new ModelSetting(scalar.Text, number, scalar.Line));
    }

    private static OptimizerPlan ReadOptimizer(PlanSection root)
    {
        var d = new OptimizerPlan();
        if (root.Section("optimizer") is not { } section) return d;

        var plan = new OptimizerPlan
        {
            LearningRate = section.Number("learning_rate", d.LearningRate, Step),
            Beta1 = section.Number("beta1", d.Beta1, Decay),
            Beta2 = section.Number("beta2", d.Beta2, Decay),
            Epsilon = section.Number("epsilon", d.Epsilon, Step),
            WeightDecay = section.Number("weight_decay", d.WeightDecay, Share),
        };
        section.Close();
        return plan;
    }

    private static SchedulePlan ReadSchedule(PlanSection root)
    {
        var d = new SchedulePlan();
        if (root.Section("schedule") is not { } section) return d;

        var plan = new SchedulePlan
        {
            Warmup = (int)section.Whole("warmup", d.Warmup, 0, MaxSteps),
            Decay = section.Choice("decay", d.Decay, PlanNames.Decays),
            Floor = section.Number("floor", d.Floor, Share),
        };
        section.Close();
        return plan;
    }

    private static FlowOptions ReadFlow(PlanSection root)
    {
        var d = new FlowOptions();
        if (root.Section("flow") is not { } section) return d;

        var plan = new FlowOptions
        {
            Time = section.Choice("time", d.Time, PlanNames.Draws),
            LogitMean = section.Number("logit_mean", d.LogitMean, new PlanRange(-10, 10)),
            LogitStd = section.Number("logit_std", d.LogitStd, new PlanRange(0, 10, LowOpen: true)),
            Shift = section.Number("shift", d.Shift, new PlanRange(0, 100, LowOpen: true)),
            VideoWeight = section.Number("video_weight", d.VideoWeight, new PlanRange(0, 1000)),
            AudioWeight = section.Number("audio_weight", d.AudioWeight, new PlanRange(0, 1000)),
        };
        if (plan is { VideoWeight: 0, AudioWeight: 0 }) section.Add(section.Node, "flow.video_weight and flow.audio_weight are both 0; one must be above 0, or nothing is learned");
        section.Close();
        return plan;
    }

    private static CaptionDropout ReadCaptionDropout(PlanSection root)
    {
        var d = new CaptionDropout();
        if (root.Section("caption_dropout") is not { } section) return d;

        var plan = new CaptionDropout { Video = section.Number("video", d.Video, Share), Audio = section.Number("audio", d.Audio, Share) };
        section.Close();
        return plan;
    }

    private static DivergenceRule ReadDivergence(PlanSection root)
    {
        var d = new DivergenceRule();
        if (root.Section("divergence") is not { } section) return d;

        var plan = new DivergenceRule
        {
            Window = (int)section.Whole("window", d.Window, 2, 100_000),
            Factor = section.Number("factor", d.Factor, new PlanRange(1, 1e6, LowOpen: true)),
        };
        section.Close();
        return plan;
    }

    private List<StagePlan> ReadStages(PlanSection root)
    {
        if (root.Require("stages", "[{ name: ..., steps: ..., tasks: ... }]") is not { } node) return [];
        if (node is not YamlSequence { Items: { Count: > 0 } items })
        {
            root.Add(node, $"stages must be a list of at least one stage, not {(node is YamlSequence ? "an empty list" : node.Kind)}");
            return [];
        }

        var stages = new List<StagePlan>();
        foreach (var item in items)
        {
            var section = new PlanSection(item, string.Create(null, $"stages[{stages.Count}]"), errors);
            var stage = StageReader.Read(section);
            if (stage.Name.Length > 0 && stages.Exists(other => other.Name == stage.Name)) section.Add(section.Find("name")!, $"two stages are called '{stage.Name}'; every stage needs a name of its own");
            stages.Add(stage);
        }

        return stages;
    }
}
