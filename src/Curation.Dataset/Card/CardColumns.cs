using System.Globalization;
using System.Text;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Card;

/// <summary>The part of the card that says what each column is.</summary>
internal static class CardColumns
{
    private const string Fixed = """
        | `clip_id` | string | made from source content, span and pipeline version |
        | `source_uri`, `source_sha256` | string | where the clip comes from |
        | `start_s`, `end_s`, `duration_s` | double | half-open span on the source's own clock, seconds |
        | `width`, `height` | int | pixels as shown |
        | `fps` | double | frames per second |
        | `split` | string | kind of sound: `single_speech`, `multi_speech`, `singing`, `sound` |
        | `media_path`, `media_sha256`, `poster_path` | string | files, relative to this folder |
        | `caption` | string | the unified dense caption |
        | `video_caption`, `audio_caption`, `transcript`, `language` | string, nullable | its parts |
        | `speakers` | list&lt;struct&gt; | `id`, `gender`, `gender_confidence`, `age`, `start_s`, `end_s`; seconds from the clip's start |
        | `words` | list&lt;struct&gt; | `text`, `start_s`, `end_s`, `speaker` |
        | `annotations` | list&lt;struct&gt; | `kind`, `text`, `model`, `model_version`, `confidence`: what the captions were made from |
        """;

    private const string Last = """
        | `measurements` | list&lt;struct&gt; | `name`, `value`, `unit`, `method`, `method_version`, `state` (`measured`, `unmeasured`, `not_applicable`), `reason` |
        | `verdicts` | list&lt;struct&gt; | `filter`, `outcome` (`pass`, `reject`, `hold`, `unmeasured`, `not_applicable`), `value`, `limit`, `reason` |
        | `policy_sha256`, `pipeline_version` | string | what judged and what made the row |
        | `licence`, `rights` | string, nullable | from the input list |
        | `duplicate_of`, `duplicate_kind` | string, nullable | the best copy of the clip as `curate dedup` found it, and what the two share: `same`, `same_picture`, `same_sound` |
        | `picture_signature`, `sound_signature` | string, nullable | what `curate dedup` compares: method, version, base64 |
        """;

    /// <summary>Appends the section.</summary>
    public static void Write(StringBuilder card)
    {
        card.AppendLine("## Columns of `triplets/`");
        card.AppendLine();
        card.AppendLine("| column | type | what it is |");
        card.AppendLine("|---|---|---|");
        card.AppendLine(Fixed);
        foreach (var definition in MeasurementCatalog.All)
        {
            card.AppendLine(CultureInfo.InvariantCulture, $"| `{definition.Name}` | double, nullable | {definition.Description} Unit: {definition.Unit}. |");
        }

        card.AppendLine(Last);
        card.AppendLine();
        card.AppendLine("`rejected/` adds `rejected_by` (the first filter that failed) and `reason`; `held/` adds `reason`. `quarantine/` has one row per source that could not be processed: `source_uri`, `source_sha256`, `size_bytes`, `stage`, `reason`.");
        card.AppendLine();
    }
}
