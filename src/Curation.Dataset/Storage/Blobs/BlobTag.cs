using Azure;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>Versions as text. Headers quote them and listings do not, so they are compared and handed out without quotes.</summary>
internal static class BlobTag
{
    /// <summary>A version without quotes.</summary>
    /// <param name="tag">The version.</param>
    public static string Text(ETag tag) => tag.ToString().Trim('"');

    /// <summary>A version for a condition; the package adds the quotes.</summary>
    /// <param name="text">The version as <see cref="Text"/> gave it, or with quotes.</param>
    public static ETag Read(string text) => new(text.Trim('"'));
}
