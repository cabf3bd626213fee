using Curation.Grains;

namespace Curation.Silo.Following;

/// <summary>Shows a run while it goes on: live on a terminal, as plain lines elsewhere.</summary>
internal interface IRunView
{
    /// <summary>Shows the latest progress.</summary>
    void Show(RunProgress progress, TimeSpan elapsed);
}
