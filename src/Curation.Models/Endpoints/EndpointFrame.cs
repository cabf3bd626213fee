namespace Curation.Models.Endpoints;

/// <summary>One picture of a clip.</summary>
/// <param name="Seconds">From the clip's start.</param>
/// <param name="Jpeg">A whole JPEG file.</param>
public sealed record EndpointFrame(double Seconds, ReadOnlyMemory<byte> Jpeg);
