using Curation.Clips;
using Klear.Model.Flow;
using Klear.Model.Model;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training.Plans;

public sealed class PlanFileTests
{
    private const string Least = """
        name: least
        model: nano
        stages:
          - { name: all, steps: 10, tasks: { t2av: 1 } }
        """;

    private const string Full = """
        # Every key.
        name: full run
        model: { preset: 1b, layers: 24, norm: rms, width: "2048" }
        rope: seconds
        seed: 7
        precision: bf16
        batch: 64
        accumulate: 4
        checkpoint_every: 500
        keep_checkpoints: 2
        ema: 0.9999
        clip_norm: 0.5
        activation_checkpointing: true
        optimizer: { learning_rate: 2e-4, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weight_decay: 0.01 }
        schedule: { warmup: 100, decay: cosine, floor: 0.1 }
        flow: { time: logit_normal, logit_mean: -0.5, logit_std: 1.5, shift: 3, video_weight: 0.85, audio_weight: 0.15 }
        caption_dropout: { video: 0.2, audio: 0 }
        divergence: { window: 50, factor: 4 }
        stages:
          - name: pre-train
            steps: 1000
            tasks: { t2av: 4, t2v: 1, t2a: 1, i2v: 0 }
          - name: specialise
            steps: 500
            learning_rate: 5e-5
            tasks: { t2av: 1 }
            splits: { singing: 2, sound: 1 }
            rebalance: { every: 20, temperature: 0.5, smoothing: 0.9, floor: 0.5, ceiling: 2 }
          - name: tune
            steps: 100
            tasks: { t2av: 1 }
            best: { by: aesthetic, share: 0.1 }
        """;

    [Fact]
    public void Least_plan_takes_the_papers_values_and_the_documented_defaults()
    {
        var plan = PlanFile.Parse(Least, "plan.yaml");

        Assert.Equal(("least", "nano", 10), (plan.Name, plan.Model.Preset, plan.Steps));
        Assert.Equal(1e-4, plan.Optimizer.LearningRate);
        Assert.Equal((RopeArrangement.Sequential, TimeDraw.Uniform, DecayShape.Constant), (plan.Rope, plan.Flow.Time, plan.Schedule.Decay));
        Assert.Equal((new OptimizerPlan(), new SchedulePlan(), new FlowOptions()), (plan.Optimizer, plan.Schedule, plan.Flow));
        Assert.Equal((new CaptionDropout(), new DivergenceRule()), (plan.CaptionDropout, plan.Divergence));
        Assert.Equal(new Dictionary<KlearTask, double> { [KlearTask.T2AV] = 1 }, plan.Stages[0].Tasks);
        Assert.Null(plan.Stages[0].Splits);
        Assert.Null(plan.Stages[0].Rebalance);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var plan = PlanFile.Parse(Full, "plan.yaml");

        Assert.Equal((24d, null, null), (plan.Model.Overrides["layers"].Number, plan.Model.Overrides["norm"].Number, plan.Model.Overrides["width"].Number));
        Assert.Equal(("2048", 3), (plan.Model.Overrides["width"].Text, plan.Model.Overrides["width"].Line));
        Assert.Equal((RopeArrangement.Seconds, 7L, ComputePrecision.Bf16, 64, 4, 500, 2), (plan.Rope, plan.Seed, plan.Precision, plan.Batch, plan.Accumulate, plan.CheckpointEvery, plan.KeepCheckpoints));
        Assert.Equal((0.9999, 0.5, true), (plan.Ema, plan.ClipNorm, plan.ActivationCheckpointing));
        Assert.Equal(new OptimizerPlan { LearningRate = 2e-4, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, WeightDecay = 0.01 }, plan.Optimizer);
        Assert.Equal(new SchedulePlan { Warmup = 100, Decay = DecayShape.Cosine, Floor = 0.1 }, plan.Schedule);
        Assert.Equal(new FlowOptions { Time = TimeDraw.LogitNormal, LogitMean = -0.5, LogitStd = 1.5, Shift = 3, VideoWeight = 0.85, AudioWeight = 0.15 }, plan.Flow);
        Assert.Equal(new CaptionDropout { Video = 0.2, Audio = 0 }, plan.CaptionDropout);
        Assert.Equal(new DivergenceRule { Window = 50, Factor = 4 }, plan.Divergence);
        Assert.Equal(["pre-train", "specialise", "tune"], plan.Stages.Select(stage => stage.Name));
        Assert.Equal(1600, plan.Steps);
        Assert.Equal([KlearTask.T2AV, KlearTask.T2V, KlearTask.T2A], plan.Stages[0].Tasks.Keys);
        Assert.Equal(5e-5, plan.Stages[1].LearningRate);
        Assert.Equal(new Dictionary<Split, double> { [Split.Singing] = 2, [Split.Sound] = 1 }, plan.Stages[1].Splits);
        Assert.Equal(new RebalanceRule { Every = 20, Temperature = 0.5, Smoothing = 0.9, Floor = 0.5, Ceiling = 2 }, plan.Stages[1].Rebalance);
        Assert.Equal(new BestClips("aesthetic", 0.1, Lowest: false), plan.Stages[2].Best);
    }

    [Fact]
    public void Every_error_is_told_at_once_in_the_order_of_the_file()
    {
        var error = Assert.Throws<PlanException>(() => PlanFile.Parse(
            """
            name: wrong
            model: 2b
            sed: 1
            batch: 1.5
            ema: 1
            seed:
            optimizer: { learning_rate: fast, beta3: 0.9 }
            stages:
              - { name: a, steps: 0, tasks: { t2av: -1 } }
              - { name: a, steps: 5, tasks: { t2w: 1 }, best: { by: mos } }
            """,
            "plan.yaml"));

        Assert.Equal(
            [
                "2: model is '2b'; allowed are: nano, 100m, 1b, 26b",
                "3: 'sed' is not a key of a plan; did you mean 'seed'? allowed are: name, model, stages, encode, rope, seed, precision, batch, accumulate, checkpoint_every, keep_checkpoints, ema, clip_norm, activation_checkpointing, optimizer, schedule, flow, caption_dropout, divergence",
                "4: batch must be a whole number from 1 to 1048576, not '1.5'",
                "5: ema is 1; it must be a number from 0 to below 1",
                "6: seed must be a whole number from 0 to 9223372036854775807, not empty",
                "7: optimizer.learning_rate must be a number above 0 to 1, not 'fast'",
                "7: 'beta3' is not a key of optimizer; did you mean 'beta1'? allowed are: learning_rate, beta1, beta2, epsilon, weight_decay",
                "9: stages[0].steps must be a whole number from 1 to 1000000000, not '0'",
                "9: stages[0].tasks.t2av is -1; it must be a number from 0 to 1000000",
                "10: two stages are called 'a'; every stage needs a name of its own",
                "10: 't2w' is not a key of stages[1].tasks; did you mean 't2v'? allowed are: t2av, ti2av, ti2v, t2v, t2a, i2v, i2av",
                "10: stages[1].best has no share; add 'share: 0.1'",
            ],
            error.Errors.Select(entry => $"{entry.Line}: {entry.Message}"));
        Assert.StartsWith("plan.yaml:2:8: model is '2b'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "a plan has no name")]
    [InlineData("{}", "a plan has no model")]
    [InlineData("{}", "a plan has no stages")]
    [InlineData("[1]", "a plan must be a set of names and values, not a list")]
    [InlineData("", "the file is empty")]
    [InlineData("a: [", "not valid YAML")]
    [InlineData("stages: []", "stages must be a list of at least one stage, not an empty list")]
    [InlineData("stages: [3]", "stages[0] must be a set of names and values, not '3'")]
    [InlineData("stages: [{ tasks: { t2v: 0 } }]", "stages[0].tasks must have a weight above 0; allowed are: t2av, ti2av, ti2v, t2v, t2a, i2v, i2av")]
    [InlineData("stages: [{ tasks: {} }]", "stages[0].tasks must have a weight above 0")]
    [InlineData("stages: [{ best: { by: beauty, share: 2 } }]", "stages[0].best.by is 'beauty', which is no measurement")]
    [InlineData("stages: [{ best: { by: mos, share: 2 } }]", "stages[0].best.share is 2; it must be a number above 0 to 1")]
    [InlineData("stages: [{ rebalance: { ceiling: 0.5 } }]", "stages[0].rebalance.ceiling is 0.5; it must be a number from 1 to 1000")]
    [InlineData("stages: [{ splits: { speech: 1 } }]", "'speech' is not a key of stages[0].splits")]
    [InlineData("seed: 1\nseed: 2", "'seed' stands twice in a plan; the first is in line 1")]
    [InlineData("rope: spiral", "rope is 'spiral'; allowed are: sequential, scaled, seconds")]
    [InlineData("activation_checkpointing: yes", "activation_checkpointing is 'yes'; allowed are: false, true")]
    [InlineData("batch: 8\naccumulate: 3", "accumulate is 3; the batch of 8 clips must be a multiple of it")]
    [InlineData("flow: { video_weight: 0, audio_weight: 0 }", "both 0")]
    [InlineData("ema: \"0.5\"", "ema must be a number from 0 to below 1, not '0.5'")]
    [InlineData("clip_norm: .inf", "clip_norm must be a number")]
    [InlineData("clip_norm: NaN", "clip_norm must be a number")]
    [InlineData("model: { layers: 3 }", "model has no preset; add 'preset: nano'")]
    [InlineData("model: { preset: nano, dims: [1, 2] }", "model.dims must be a word or a number, not a list")]
    [InlineData("name: &a x", "the anchor '&a' is not allowed")]
    [InlineData("schedule: 3", "schedule must be a set of names and values, not '3'")]
    [InlineData("schedule:", "schedule must be a set of names and values, not empty")]
    public void Wrong_plan_is_refused_with_what_is_allowed(string yaml, string message)
    {
        var error = Assert.Throws<PlanException>(() => PlanFile.Parse(yaml, "plan.yaml"));

        Assert.Contains(error.Errors, entry => entry.Message.Contains(message, StringComparison.Ordinal) && entry.Line >= 1);
    }

    [Fact]
    public void Model_setting_that_the_model_does_not_have_is_refused_where_it_is_known()
    {
        var error = Assert.Throws<PlanException>(() => PlanFile.Parse(Full, "plan.yaml", ["layers", "width"]));

        Assert.Equal("'norm' is not a key of model; allowed are: preset, layers, width", Assert.Single(error.Errors).Message);
    }

    [Fact]
    public void Missing_file_is_named() => Assert.StartsWith("no-such-plan.yaml: cannot be read", Assert.Throws<PlanException>(() => PlanFile.Load("no-such-plan.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Plan_is_read_from_a_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Full);
            Assert.Equal("full run", PlanFile.Load(path).Name);
            File.WriteAllText(path, new string('#', 300_000));
            Assert.Contains("larger than 256 KiB", Assert.Throws<PlanException>(() => PlanFile.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(Least)]
    [InlineData(Full)]
    public void Canonical_json_is_read_back_as_the_same_plan(string yaml)
    {
        var json = CanonicalPlan.Json(PlanFile.Parse(yaml, "plan.yaml"));

        Assert.Equal(json, CanonicalPlan.Json(PlanFile.Parse(json, "plan.json")));
    }
}
