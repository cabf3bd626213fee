using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;
using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Bench;

/// <summary>
/// Imports checkpoints of the published sizes with seeded random weights, loads the graphs and runs them once on the CPU:
/// the files' sizes, the time of every step and the peak of resident memory (Linux). Needs 6 GB of disk in the temporary folder.
/// </summary>
internal static class ImportFullBench
{
    public static int Run(string slot, GraphPrecision precision)
    {
        var folder = Directory.CreateTempSubdirectory("import-full");
        try
        {
            using ITensorSource checkpoint = slot == "sync" ? SeededCheckpoint.Synchformer() : SeededCheckpoint.ImageBind();
            Console.WriteLine(FormattableString.Invariant($"{slot}, {precision}: {checkpoint.Tensors.Values.Sum(tensor => tensor.Count) / 1e6:0.0} M parameters"));

            IReadOnlyList<string> paths = [];
            Step("import", () => paths = ModelImporters.For(slot).Import(checkpoint, folder.FullName, new ImportOptions(precision), CancellationToken.None));
            foreach (var path in paths)
            {
                var data = new FileInfo(OnnxWriter.DataPath(path));
                Console.WriteLine(FormattableString.Invariant($"{Path.GetFileName(path)}: {new FileInfo(path).Length / 1e6:0.0} MB, beside it {(data.Exists ? data.Length / 1e6 : 0):0.0} MB"));
                Load(path);
                File.Delete(path);
                data.Delete();
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Load(string path)
    {
        OnnxGraph? graph = null;
        Step("  load", () => graph = OnnxGraph.Open(path, new ModelDevice()));
        using (graph!)
        {
            if (graph!.Inputs.ContainsKey("vis"))
            {
                foreach (var segments in new[] { 3, 14 })
                {
                    Infer(graph, $"  run, {segments} segments", "logits", [1, segments]);
                }
            }
            else
            {
                Infer(graph, "  run, first", "embedding", [1]);
                Infer(graph, "  run, one", "embedding", [1]);
                Infer(graph, "  run, four together", "embedding", [4]);
            }
        }
    }

    private static void Infer(OnnxGraph graph, string label, string output, long[] dynamicSizes)
    {
        var inputs = graph.Inputs.ToDictionary(input => input.Key, input => Value(input.Value, dynamicSizes));
        try
        {
            var finite = false;
            Step(label, () =>
            {
                using var outputs = graph.Run(inputs, [output]);
                finite = outputs[0].GetTensorDataAsSpan<float>().ToArray().All(float.IsFinite);
            });
            if (!finite) throw new InvalidOperationException($"{graph.Path} gives numbers that are not finite.");
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    private static OrtValue Value(NodeMetadata metadata, long[] dynamicSizes)
    {
        var next = 0;
        long[] shape = [.. metadata.Dimensions.Select(size => size < 0 ? dynamicSizes[next++] : size)];
        var count = checked((int)shape.Aggregate(1L, (product, size) => product * size));
        return metadata.ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory([.. Enumerable.Range(0, count).Select(i => (long)(i % 49408))], shape)
            : OrtValue.CreateTensorValueFromMemory(SeededCheckpoint.Values("input", count, 1), shape);
    }

    private static void Step(string label, Action work)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
        var started = Stopwatch.GetTimestamp();
        work();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{label}: {seconds:0.00} s, peak {Resident("VmHWM"):0} MB resident; afterwards {Resident("RssAnon"):0} MB of its own and {Resident("RssFile"):0} MB of mapped files"));
    }

    private static double Resident(string what)
    {
        if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(what + ":", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(what.Length + 1).Trim(" \tkB"), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>The keys and shapes of published checkpoints, with seeded random numbers in them.</summary>
    private sealed class SeededCheckpoint : ITensorSource
    {
        private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, TensorInfo> Tensors => _tensors;

        public static SeededCheckpoint Synchformer()
        {
            const int Width = 768;
            var made = new SeededCheckpoint();
            made.Add("vfeat_extractor.cls_token", 1, 1, Width).Add("vfeat_extractor.pos_embed", 1, 197, Width).Add("vfeat_extractor.temp_embed", 1, 8, Width)
                .Add("vfeat_extractor.patch_embed_3d.proj.weight", Width, 3, 2, 16, 16).Add("vfeat_extractor.patch_embed_3d.proj.bias", Width);
            Each("vfeat_extractor.blocks", 12, block => made.Norms(Width, $"{block}.norm1", $"{block}.norm2", $"{block}.norm3")
                .Linear($"{block}.attn.qkv", Width, 3 * Width).Linear($"{block}.attn.proj", Width, Width)
                .Linear($"{block}.timeattn.qkv", Width, 3 * Width).Linear($"{block}.timeattn.proj", Width, Width)
                .Linear($"{block}.mlp.fc1", Width, 4 * Width).Linear($"{block}.mlp.fc2", 4 * Width, Width));
            made.Norms(Width, "vfeat_extractor.norm", "afeat_extractor.ast.layernorm").Aggregation("vfeat_extractor.spatial_attn_agg", Width).Aggregation("afeat_extractor.freq_attn_agg", Width);

            const string Embeddings = "afeat_extractor.ast.embeddings";
            made.Add($"{Embeddings}.cls_token", 1, 1, Width).Add($"{Embeddings}.distillation_token", 1, 1, Width).Add($"{Embeddings}.position_embeddings", 1, 74, Width)
                .Add($"{Embeddings}.patch_embeddings.projection.weight", Width, 1, 16, 16).Add($"{Embeddings}.patch_embeddings.projection.bias", Width);
            Each("afeat_extractor.ast.encoder.layer", 12, block => made.Norms(Width, $"{block}.layernorm_before", $"{block}.layernorm_after")
                .Linear($"{block}.attention.attention.query", Width, Width).Linear($"{block}.attention.attention.key", Width, Width).Linear($"{block}.attention.attention.value", Width, Width)
                .Linear($"{block}.attention.output.dense", Width, Width).Linear($"{block}.intermediate.dense", Width, 4 * Width).Linear($"{block}.output.dense", 4 * Width, Width));

            made.Linear("vproj", Width, Width).Linear("aproj", Width, Width).Add("transformer.OFF_tok", 1, 1, Width).Add("transformer.MOD_tok", 1, 1, Width)
                .Norms(Width, "transformer.vis_in_lnorm", "transformer.aud_in_lnorm", "transformer.ln_f").Add("transformer.pos_emb_cfg.pos_emb", 1, 198, Width);
            Each("transformer.blocks", 3, block => made.Norms(Width, $"{block}.ln1", $"{block}.ln2")
                .Linear($"{block}.attn.key", Width, Width).Linear($"{block}.attn.query", Width, Width).Linear($"{block}.attn.value", Width, Width)
                .Linear($"{block}.attn.proj", Width, Width).Linear($"{block}.mlp.0", Width, 4 * Width).Linear($"{block}.mlp.2", 4 * Width, Width));
            return made.Linear("transformer.off_head", Width, 21);
        }

        public static SeededCheckpoint ImageBind()
        {
            const int Outputs = 1024;
            var made = new SeededCheckpoint();
            made.Add("modality_preprocessors.vision.cls_token", 1, 1, 1280).Add("modality_preprocessors.vision.rgbt_stem.proj.1.weight", 1280, 3, 2, 14, 14)
                .Add("modality_preprocessors.vision.pos_embedding_helper.pos_embed", 1, 257, 1280).Trunk("vision", 1280, 32, extraKey: false)
                .Norms(1280, "modality_trunks.vision.pre_transformer_layer.0", "modality_heads.vision.0").Add("modality_heads.vision.2.weight", Outputs, 1280);
            made.Add("modality_preprocessors.audio.cls_token", 1, 1, 768).Add("modality_preprocessors.audio.rgbt_stem.proj.weight", 768, 1, 16, 16)
                .Add("modality_preprocessors.audio.pos_embedding_helper.pos_embed", 1, 229, 768).Trunk("audio", 768, 12, extraKey: true)
                .Norms(768, "modality_preprocessors.audio.rgbt_stem.norm_layer", "modality_heads.audio.0").Add("modality_heads.audio.2.weight", Outputs, 768);
            return made.Add("modality_preprocessors.text.pos_embed", 1, 77, 1024).Add("modality_preprocessors.text.mask", 77, 77)
                .Add("modality_preprocessors.text.token_embedding.weight", 49408, 1024).Trunk("text", 1024, 24, extraKey: false)
                .Norms(1024, "modality_heads.text.proj.0").Add("modality_heads.text.proj.1.weight", Outputs, 1024)
                .Add("modality_postprocessors.text.1.log_logit_scale").Add("modality_postprocessors.audio.1.log_logit_scale");
        }

        /// <summary>Uniform numbers within ± <paramref name="range"/>, the same for the same name.</summary>
        public static float[] Values(string name, int count, float range)
        {
            var random = new Random(name.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter)));
            var values = new float[count];
            for (var i = 0; i < count; i++)
            {
                values[i] = ((2 * random.NextSingle()) - 1) * range;
            }

            return values;
        }

        public TensorData Read(string name)
        {
            var info = _tensors[name];
            var isNorm = name.Contains("norm", StringComparison.Ordinal) || name.Contains(".ln", StringComparison.Ordinal);
            var values = Values(name, checked((int)info.Count), 0.03f);
            if (isNorm && name.EndsWith("weight", StringComparison.Ordinal)) Array.Fill(values, 1);
            return new TensorData(info, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }

        public void Dispose()
        {
        }

        private SeededCheckpoint Add(string name, params long[] shape)
        {
            _tensors.Add(name, new TensorInfo(ElementType.F32, shape));
            return this;
        }

        private SeededCheckpoint Linear(string prefix, long inputs, long outputs) => Add($"{prefix}.weight", outputs, inputs).Add($"{prefix}.bias", outputs);

        private SeededCheckpoint Norms(long width, params ReadOnlySpan<string> prefixes)
        {
            foreach (var prefix in prefixes)
            {
                Add($"{prefix}.weight", width).Add($"{prefix}.bias", width);
            }

            return this;
        }

        private static void Each(string prefix, int count, Action<string> add)
        {
            for (var i = 0; i < count; i++)
            {
                add($"{prefix}.{i}");
            }
        }

        private SeededCheckpoint Packed(string prefix, long width) =>
            Add($"{prefix}.in_proj_weight", 3 * width, width).Add($"{prefix}.in_proj_bias", 3 * width).Linear($"{prefix}.out_proj", width, width);

        private SeededCheckpoint Aggregation(string prefix, long width) =>
            Add($"{prefix}.cls_token", 1, 1, width).Packed($"{prefix}.self_attn", width).Norms(width, $"{prefix}.norm1", $"{prefix}.norm2")
                .Linear($"{prefix}.linear1", width, 4 * width).Linear($"{prefix}.linear2", 4 * width, width);

        private SeededCheckpoint Trunk(string modality, long width, int depth, bool extraKey)
        {
            Each($"modality_trunks.{modality}.blocks", depth, block =>
            {
                Packed($"{block}.attn", width).Norms(width, $"{block}.norm_1", $"{block}.norm_2").Linear($"{block}.mlp.fc1", width, 4 * width).Linear($"{block}.mlp.fc2", 4 * width, width);
                if (extraKey) Add($"{block}.attn.bias_k", 1, 1, width).Add($"{block}.attn.bias_v", 1, 1, width);
            });
            return this;
        }
    }
}
