namespace Curation.Pipeline.Training;

/// <summary>A running trainer. It ends when this process does; disposing it leaves no process behind.</summary>
public interface ITrainer : IAsyncDisposable
{
    /// <summary>How it ended, once it has.</summary>
    Task<TrainerEnd> Ended { get; }

    /// <summary>Looks how far it is: reads files.</summary>
    /// <returns>What can be read at the moment.</returns>
    TrainerLook Look();

    /// <summary>Asks it to write a checkpoint and end.</summary>
    void AskToEnd();

    /// <summary>Ends it at once.</summary>
    void Kill();
}
