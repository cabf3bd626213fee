using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Klear.Model.Flow;
using Klear.Model.Setup;

namespace Klear.Model.Training.Plans;

/// <summary>The one text that a plan has, whatever the layout, the comments and the omitted defaults of its file. Its hash is part of a run's identity.</summary>
/// <remarks>One line of JSON in the order of the code here, with every default written out; <see cref="PlanFile.Parse"/> reads it back.</remarks>
public static class CanonicalPlan
{
    /// <summary>Names a plan by its canonical text.</summary>
    /// <param name="plan">A plan.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Sha256(TrainPlan plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json(plan))));

    /// <summary>Writes a plan in its canonical form.</summary>
    /// <param name="plan">A plan.</param>
    /// <returns>One line of JSON.</returns>
    public static string Json(TrainPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(json, plan);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, TrainPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("name", plan.Name);
        WriteModel(json, plan.Model);
        WriteEncode(json, plan.Encode);
        json.WriteString("rope", PlanNames.Ropes.NameOf(plan.Rope));
        json.WriteNumber("seed", plan.Seed);
        json.WriteString("precision", PlanNames.Precisions.NameOf(plan.Precision));
        json.WriteNumber("batch", plan.Batch);
        json.WriteNumber("accumulate", plan.Accumulate);
        json.WriteNumber("checkpoint_every", plan.CheckpointEvery);
        json.WriteNumber("keep_checkpoints", plan.KeepCheckpoints);
        json.WriteNumber("ema", plan.Ema);
        json.WriteNumber("clip_norm", plan.ClipNorm);
        json.WriteBoolean("activation_checkpointing", plan.ActivationCheckpointing);
        WriteNumbers(json, "optimizer", ("learning_rate", plan.Optimizer.LearningRate), ("beta1", plan.Optimizer.Beta1), ("beta2", plan.Optimizer.Beta2), ("epsilon", plan.Optimizer.Epsilon), ("weight_decay", plan.Optimizer.WeightDecay));
        json.WriteStartObject("schedule");
        json.WriteNumber("warmup", plan.Schedule.Warmup);
        json.WriteString("decay", PlanNames.Decays.NameOf(plan.Schedule.Decay));
        json.WriteNumber("floor", plan.Schedule.Floor);
        json.WriteEndObject();
        WriteFlow(json, plan.Flow);
        WriteNumbers(json, "caption_dropout", ("video", plan.CaptionDropout.Video), ("audio", plan.CaptionDropout.Audio));
        WriteNumbers(json, "divergence", ("window", plan.Divergence.Window), ("factor", plan.Divergence.Factor));
        json.WriteStartArray("stages");
        foreach (var stage in plan.Stages) WriteStage(json, stage);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, ModelChoice model)
    {
        json.WriteStartObject("model");
        json.WriteString("preset", model.Preset);
        foreach (var (name, setting) in model.Overrides.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (setting.Number is { } number) json.WriteNumber(name, number);
            else json.WriteString(name, setting.Text);
        }

        json.WriteEndObject();
    }

    private static void WriteEncode(Utf8JsonWriter json, EncodePlan encode)
    {
        json.WriteStartObject("encode");
        json.WriteNumber("pictures_per_second", encode.Clips.PicturesPerSecond);
        json.WriteStartArray("sizes");
        foreach (var size in encode.Clips.Sizes) json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"));
        json.WriteEndArray();
        json.WriteStartArray("seconds");
        foreach (var seconds in encode.Clips.Seconds) json.WriteNumberValue(seconds);
        json.WriteEndArray();
        json.WriteBoolean("keep_uncaptioned", encode.Clips.KeepUncaptioned);
        WriteFiles(json, "video", ("channels", encode.Video.Channels), ("wan", encode.Video.Wan));
        WriteFiles(json, "audio", ("channels", encode.Audio.Channels), ("mmaudio", encode.Audio.MmAudio), ("bigvgan", encode.Audio.BigVgan));

        // Only where speech has a path of its own: plans from before there was one keep their hash, and their runs can go on.
        var apart = encode.Text.SpeechBytesApart;
        WriteFiles(json, "text", ("buckets", encode.Text.Buckets), ("tokens", encode.Text.Tokens), ("onnx", encode.Text.Onnx), ("speech", apart is null ? null : PlanNames.SpeechPaths.NameOf(encode.Text.Speech)), ("speech_bytes", apart));
        json.WriteEndObject();
    }

    // Numbers, and the files and words that there are.
    private static void WriteFiles(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            if (value is int number) json.WriteNumber(key, number);
            else if (value is string text) json.WriteString(key, text);
        }

        json.WriteEndObject();
    }

    private static void WriteFlow(Utf8JsonWriter json, FlowOptions flow)
    {
        json.WriteStartObject("flow");
        json.WriteString("time", PlanNames.Draws.NameOf(flow.Time));
        json.WriteNumber("logit_mean", flow.LogitMean);
        json.WriteNumber("logit_std", flow.LogitStd);
        json.WriteNumber("shift", flow.Shift);
        json.WriteNumber("video_weight", flow.VideoWeight);
        json.WriteNumber("audio_weight", flow.AudioWeight);
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, StagePlan stage)
    {
        json.WriteStartObject();
        json.WriteString("name", stage.Name);
        json.WriteNumber("steps", stage.Steps);
        if (stage.LearningRate is { } rate) json.WriteNumber("learning_rate", rate);
        WriteWeights(json, "tasks", PlanNames.Tasks, stage.Tasks);
        if (stage.Splits is { } splits) WriteWeights(json, "splits", PlanNames.Splits, splits);
        if (stage.Best is { } best)
        {
            json.WriteStartObject("best");
            json.WriteString("by", best.By);
            json.WriteNumber("share", best.Share);
            json.WriteString("prefer", PlanNames.Ends.NameOf(best.Lowest));
            json.WriteEndObject();
        }

        if (stage.Rebalance is { } rule) WriteNumbers(json, "rebalance", ("every", rule.Every), ("temperature", rule.Temperature), ("smoothing", rule.Smoothing), ("floor", rule.Floor), ("ceiling", rule.Ceiling));
        json.WriteEndObject();
    }

    private static void WriteWeights<T>(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, T> names, IReadOnlyDictionary<T, double> weights) =>
        WriteNumbers(json, name, [.. names.Where(entry => weights.ContainsKey(entry.Value)).Select(entry => (entry.Key, weights[entry.Value]))]);

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers) json.WriteNumber(key, value);
        json.WriteEndObject();
    }
}
