namespace Curation.Models.Catalogue;

/// <summary>The catalogue cannot be used. Holds everything that is wrong with it.</summary>
/// <param name="file">The file, as it was asked for.</param>
/// <param name="errors">All errors, in the order of the file.</param>
public sealed class CatalogException(string file, IReadOnlyList<string> errors) : Exception(string.Join('\n', errors.Select(error => $"{file}: {error}")))
{
    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
