using Curation.Clips;

namespace Curation.Dataset.Rejudging;

/// <summary>Cuts clips that a policy wants now and that nobody wanted before.</summary>
public interface IMissingMedia
{
    /// <summary>Cuts a clip.</summary>
    /// <param name="clip">Its row: retained by what was measured, without media.</param>
    /// <param name="cancellationToken">Stops the cut.</param>
    /// <returns>The row with its media and captions, or held with the reason why it could not be cut.</returns>
    Task<ClipRecord> CutAsync(ClipRecord clip, CancellationToken cancellationToken);
}
