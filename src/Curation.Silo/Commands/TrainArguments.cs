namespace Curation.Silo.Commands;

/// <summary>What the user asked <c>curate train submit</c> for.</summary>
internal sealed record TrainArguments(string Config, string Dataset, string Output, bool Detach, bool Json);
