namespace Curation.Pipeline.Modelling;

/// <summary>One step of what models say of a clip. A stage whose slots are absent changes nothing.</summary>
internal interface IModelStage
{
    /// <summary>What it measures, and the slot that does; a measurement may have several.</summary>
    IReadOnlyList<(string Slot, string Measurement)> Makes { get; }

    /// <summary>Whether it computes here; stages that wait for others need no place.</summary>
    bool IsLocal => true;

    /// <summary>Runs the stage.</summary>
    Task<ClipState> RunAsync(ClipState state, ClipMedia media, ModelSet models, CancellationToken cancellationToken);
}
