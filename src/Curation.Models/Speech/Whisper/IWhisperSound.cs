namespace Curation.Models.Speech.Whisper;

/// <summary>An encoded window; belongs to the model that encoded it.</summary>
internal interface IWhisperSound : IDisposable;
