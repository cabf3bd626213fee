using System.Text;

namespace Curation.Dataset.Card;

/// <summary>The part of the card that says how to read the files.</summary>
internal static class CardLoading
{
    private const string Text = """
        ## How to load

        `dataset.json` names the files of the snapshot with their SHA-256. A glob sees the same files, except for the moment in which a commit replaces them: programs that run beside commits should read the list.

        DuckDB:

        ```sql
        SELECT split, count(*), sum(duration_s) / 3600 AS hours
        FROM read_parquet('triplets/**/*.parquet', hive_partitioning = true) GROUP BY split;
        ```

        pandas and pyarrow (`split` stands in the files too, so the folder names need not be parsed):

        ```python
        import pandas as pd
        clips = pd.read_parquet("triplets", partitioning=None)

        import pyarrow.dataset as ds
        clips = ds.dataset("triplets", format="parquet").to_table(columns=["clip_id", "caption", "media_path"])
        ```

        Hugging Face datasets, from this folder:

        ```python
        from datasets import load_dataset
        clips = load_dataset(".")   # one split for each kind of sound
        ```

        """;

    /// <summary>Appends the section.</summary>
    public static void Write(StringBuilder card)
    {
        card.AppendLine(Text);
    }
}
