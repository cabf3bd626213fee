using System.Globalization;
using System.Text;
using Curation.Clips;
using Curation.Clips.Measuring;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;

namespace Curation.Dataset.Card;

/// <summary>The data set card: the README.md that people and model hubs read. The front matter is Hugging Face's.</summary>
public static class DatasetCard
{
    /// <summary>Path of the card.</summary>
    public const string Path = "README.md";

    /// <summary>Writes the card beside the manifest, unless it says the same already.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="manifest">The snapshot.</param>
    /// <param name="cancellationToken">Stops before it is visible.</param>
    /// <returns>Completes when it is durable.</returns>
    public static async Task WriteAsync(IDatasetStore store, SnapshotManifest manifest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var content = Encoding.UTF8.GetBytes(Write(manifest));
        var existing = await store.ReadAsync(Path, cancellationToken).ConfigureAwait(false);
        if (existing is not null && existing.Content.Span.SequenceEqual(content)) return;

        await store.PutAsync(Path, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The card's text.</summary>
    /// <param name="manifest">The snapshot.</param>
    /// <returns>Markdown with YAML front matter.</returns>
    public static string Write(SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var card = new StringBuilder();
        WriteFrontMatter(card, manifest);
        WriteSummary(card, manifest);
        WriteFunnel(card, manifest);
        WriteUnmeasured(card, manifest);
        WriteModels(card, manifest);
        CardColumns.Write(card);
        CardLoading.Write(card);
        WriteLicences(card);
        return card.ToString().ReplaceLineEndings("\n");
    }

    private static void WriteFrontMatter(StringBuilder card, SnapshotManifest manifest)
    {
        card.AppendLine("---");
        card.AppendLine("pretty_name: Audio-video-caption triplets");
        card.AppendLine("license: other");
        card.AppendLine("task_categories: [text-to-video, text-to-audio, video-text-to-text]");
        card.AppendLine("tags: [audio, video, captions, joint-audio-video-generation]");
        Line(card, $"size_categories: [{SizeCategory(manifest.Funnel.Retained)}]");

        // A configuration without files would not load.
        var splits = SplitNames.All.Where(split => manifest.Funnel.BySplit.GetValueOrDefault(split) > 0).ToList();
        if (splits.Count > 0)
        {
            card.AppendLine("configs:");
            card.AppendLine("- config_name: default");
            card.AppendLine("  data_files:");
            foreach (var split in splits)
            {
                Line(card, $"  - split: {split}");
                Line(card, $"    path: triplets/split={split}/*.parquet");
            }
        }

        card.AppendLine("---");
        card.AppendLine();
    }

    private static void WriteSummary(StringBuilder card, SnapshotManifest manifest)
    {
        card.AppendLine("# Audio-video-caption triplets");
        card.AppendLine();
        Line(card, $"{manifest.Funnel.Retained} clips ({manifest.Hours.Retained:0.###} hours) cut from {manifest.Funnel.Sources} sources ({manifest.Hours.Media:0.###} hours). Each clip is one scene with picture and sound in step, measured, judged by a policy, and described in words, for training joint audio-video generators.");
        card.AppendLine();
        Line(card, $"- Snapshot `{manifest.Id}`, made {manifest.CreatedUtc:yyyy-MM-dd HH:mm:ss} UTC{(manifest.Parent is { } parent ? $", follows `{parent}`" : "")}");
        Line(card, $"- Policy `{manifest.Policy.Name}`, SHA-256 `{manifest.Policy.Sha256}`; every row names the policy that judged it");
        Line(card, $"- Pipeline version {manifest.PipelineVersion}");
        card.AppendLine();
    }

    private static void WriteFunnel(StringBuilder card, SnapshotManifest manifest)
    {
        var funnel = manifest.Funnel;
        card.AppendLine("## What came in and what stayed");
        card.AppendLine();
        card.AppendLine("| | count | hours |");
        card.AppendLine("|---|---:|---:|");
        Line(card, $"| sources | {funnel.Sources} | {manifest.Hours.Media:0.###} |");
        Line(card, $"| of them quarantined (could not be processed) | {funnel.Quarantined} | |");
        Line(card, $"| of them duplicates (same content, counted once) | {funnel.Duplicates} | |");
        Line(card, $"| clips | {funnel.Clips} | {manifest.Hours.Retained + manifest.Hours.Held + manifest.Hours.Rejected:0.###} |");
        Line(card, $"| retained (`triplets/`) | {funnel.Retained} | {manifest.Hours.Retained:0.###} |");
        Line(card, $"| held until measured (`held/`) | {funnel.Held} | {manifest.Hours.Held:0.###} |");
        Line(card, $"| rejected (`rejected/`) | {funnel.Rejected} | {manifest.Hours.Rejected:0.###} |");
        card.AppendLine();
        card.AppendLine("| split | clips | hours |");
        card.AppendLine("|---|---:|---:|");
        foreach (var split in SplitNames.All) Line(card, $"| `{split}` | {funnel.BySplit.GetValueOrDefault(split)} | {manifest.Hours.BySplit.GetValueOrDefault(split):0.###} |");
        card.AppendLine();
        if (funnel.ByFilter.Count == 0) return;

        card.AppendLine("| rejected by | clips |");
        card.AppendLine("|---|---:|");
        foreach (var (filter, count) in funnel.ByFilter.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)) Line(card, $"| `{filter}` | {count} |");
        card.AppendLine();
    }

    private static void WriteUnmeasured(StringBuilder card, SnapshotManifest manifest)
    {
        card.AppendLine("## What was not measured");
        card.AppendLine();
        if (manifest.Funnel.Unmeasured.Count == 0)
        {
            card.AppendLine("Every measurement was made on every clip that it applies to.");
            card.AppendLine();
            return;
        }

        card.AppendLine("These could not be made on some clips; the value is null there, never a number, and `measurements` holds the reason. Do not read the policy's limits on them as guarantees.");
        card.AppendLine();
        card.AppendLine("| measurement | clips without it | needs |");
        card.AppendLine("|---|---:|---|");
        foreach (var (name, count) in manifest.Funnel.Unmeasured)
        {
            var slot = MeasurementCatalog.Find(name)?.Slot;
            Line(card, $"| `{name}` | {count} of {manifest.Funnel.Clips} | {(slot is null ? "" : $"model slot `{slot}`")} |");
        }

        card.AppendLine();
    }

    private static void WriteModels(StringBuilder card, SnapshotManifest manifest)
    {
        card.AppendLine("## Models");
        card.AppendLine();
        if (manifest.Models.Count == 0)
        {
            card.AppendLine("None: everything was measured and described from the signal alone.");
            card.AppendLine();
            return;
        }

        card.AppendLine("| slot | model | version | SHA-256 |");
        card.AppendLine("|---|---|---|---|");
        foreach (var model in manifest.Models) Line(card, $"| `{Cell(model.Slot)}` | {Cell(model.Name)} | {Cell(model.Version)} | {(model.Sha256 is { } sha256 ? $"`{sha256}`" : "remote")} |");
        card.AppendLine();
    }

    private static void WriteLicences(StringBuilder card)
    {
        card.AppendLine("## Licence");
        card.AppendLine();
        card.AppendLine("The clips stay under the licences of their sources. `licence` and `rights` carry what the input list said of each; null means that nothing was said, not that there are no rights. Check them before you publish the data or what you train on it. Clips show and name what their sources show: people, brands and private life are not removed.");
    }

    private static string SizeCategory(long rows) => rows switch
    {
        < 1_000 => "n<1K",
        < 10_000 => "1K<n<10K",
        < 100_000 => "10K<n<100K",
        < 1_000_000 => "100K<n<1M",
        < 10_000_000 => "1M<n<10M",
        _ => "10M<n<100M",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static void Line(StringBuilder card, FormattableString text) => card.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
