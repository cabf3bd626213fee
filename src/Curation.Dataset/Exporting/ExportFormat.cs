namespace Curation.Dataset.Exporting;

/// <summary>Whose readers an export is written for.</summary>
public enum ExportFormat
{
    /// <summary>Tars with the media, the row and the caption of every clip, as readers of WebDataset expect them.</summary>
    WebDataset,

    /// <summary>One line of JSON a clip; the media stays in the data set.</summary>
    Jsonl,

    /// <summary>A folder that Hugging Face <c>datasets</c> loads as it is: Parquet, media and a card.</summary>
    HuggingFace,
}
