using Curation.Clips.Measuring;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Report.Sections;

/// <summary>What was not measured because a slot had no model, what the policy did about it, and how to measure it.</summary>
internal static class MissingSection
{
    /// <summary>What the slots give that make no measurement of their own, and what stands in for them.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["vad"] = "Speech. Energy, harmonicity and rhythm of the sound stood in.",
        ["tagger"] = "Singing and sound tags. Pitch and note lengths stood in for singing.",
        ["speaker"] = "Speakers. Pitch and timbre stood in, with low confidence.",
        ["speaker_attributes"] = "Age and gender of speakers. Pitch stood in for gender; age is empty.",
        ["sync"] = "Sync offset. Picture motion against sound onsets stood in.",
        ["scene"] = "Scene cuts. Picture differences stood in.",
        ["face"] = "Faces, which tell where lips move.",
        ["asr.whisper"] = "Transcripts.",
        ["asr.sensevoice"] = "Transcripts, a second opinion.",
        ["caption.video"] = "Captions of what is seen. Measurements in words stood in.",
        ["caption.omni"] = "Captions of what is heard. Measurements in words stood in.",
        ["caption.gemini"] = "Captions of what is heard, a second opinion.",
        ["caption.video_expert"] = "Captions of what is seen, a second opinion.",
        ["fuse"] = "One caption out of many. Rules stood in.",
    };

    /// <summary>Composes the section; null where every slot that matters had a model.</summary>
    public static MissingView? From(RowTallies rows, IReadOnlyList<AbsentSlot> absent)
    {
        var reasons = absent.DistinctBy(slot => slot.Slot).ToDictionary(slot => slot.Slot, slot => slot.Reason ?? "no model");
        foreach (var slot in MeasurementCatalog.All.Where(definition => definition.Slot is not null).GroupBy(definition => definition.Slot!))
        {
            var tallies = slot.Select(definition => rows.Measurements[definition.Name]).ToList();
            if (tallies.Sum(tally => tally.Measured) > 0 || tallies.Sum(tally => tally.Unmeasured) == 0) continue;
            reasons.TryAdd(slot.Key, tallies.SelectMany(tally => tally.Reasons.Ordered()).First().Key);
        }

        if (reasons.Count == 0) return null;

        return new MissingView(
            [.. reasons.Select(pair => Row(rows, pair.Key, pair.Value)).OrderByDescending(entry => entry.Weight).ThenBy(entry => entry.Row.Slot, StringComparer.Ordinal).Select(entry => entry.Row)],
            reasons.Count == 1 ? $"./curate models pull {Words.Visible(reasons.Keys.First())}" : "./curate models pull SLOT");
    }

    private static (MissingRowView Row, long Weight) Row(RowTallies rows, string slot, string reason)
    {
        var definitions = MeasurementCatalog.All.Where(definition => definition.Slot == slot).ToList();
        var gives = definitions.Count > 0
            ? string.Join(", ", definitions.Select(definition => definition.Title)) + "."
            : Others.GetValueOrDefault(slot, "Not described here.");
        var unmeasured = definitions.Select(definition => rows.Measurements[definition.Name].Unmeasured).DefaultIfEmpty().Max();
        var filters = definitions.Where(definition => rows.Filters.ContainsKey(definition.Name)).Select(definition => rows.Filters[definition.Name]).ToList();
        var then = Consequence(definitions.Count, filters);
        return (
            new MissingRowView(Words.Visible(slot), gives, definitions.Count == 0 ? "–" : Words.Count(unmeasured), then, Words.Running(reason)),
            (filters.Sum(filter => filter.Held + filter.LetPass + filter.RejectedUnmeasured) * 2) + unmeasured);
    }

    private static string Consequence(int definitions, List<FilterTally> filters)
    {
        if (definitions == 0) return "No limit waits for it.";
        if (filters.Count == 0) return "The policy sets no limit on it.";

        var parts = new List<string>();
        if (filters.Sum(filter => filter.Held) is > 0 and var held) parts.Add($"{Words.Count(held, "clip is", "clips are")} held");
        if (filters.Sum(filter => filter.LetPass) is > 0 and var passed) parts.Add($"{Words.Count(passed, "clip was", "clips were")} let pass");
        if (filters.Sum(filter => filter.RejectedUnmeasured) is > 0 and var rejected) parts.Add($"{Words.Count(rejected, "clip was", "clips were")} rejected");
        return parts.Count == 0 ? "No clip's fate hung on it." : Words.Sentence(string.Join(", ", parts)) + ".";
    }
}
