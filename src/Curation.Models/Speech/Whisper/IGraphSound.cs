using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Speech.Whisper;

/// <summary>An encoded window in the runtime's memory.</summary>
internal interface IGraphSound : IWhisperSound
{
    /// <summary>An output of the encoder; belongs to the sound.</summary>
    OrtValue this[string name] { get; }
}
