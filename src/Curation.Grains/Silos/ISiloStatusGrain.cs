namespace Curation.Grains.Silos;

/// <summary>Tells how one silo is. Its key is the silo's address; whoever asks places it there by a placement hint.</summary>
public interface ISiloStatusGrain : IGrainWithStringKey
{
    /// <summary>Looks.</summary>
    /// <returns>The silo that answered, which is another one where the asked one has gone.</returns>
    [ResponseTimeout("00:00:05")]
    Task<SiloStatusReport> LookAsync();
}
