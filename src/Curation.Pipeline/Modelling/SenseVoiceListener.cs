using Curation.Models.Features;
using Curation.Models.Running;
using Curation.Models.Speech;
using Curation.Models.Speech.SenseVoice;

namespace Curation.Pipeline.Modelling;

/// <summary>SenseVoice with its front-end.</summary>
internal sealed class SenseVoiceListener(SenseVoiceRecogniser recogniser, SenseVoiceFrontend frontend)
{
    public static SenseVoiceListener Open(SlotGraphs graphs) => new(
        new SenseVoiceRecogniser(graphs.Only, SenseVoiceTokens.Read(graphs.PathOf("tokens.txt"))),
        new SenseVoiceFrontend(SenseVoiceRecogniser.Normalisation(graphs.Only) ?? KaldiCmvn.Parse(File.ReadAllText(graphs.PathOf("am.mvn")))));

    public Transcript Hear(float[] sound, CancellationToken cancellationToken) =>
        recogniser.Recognise(frontend.Compute(sound).Values, null, cancellationToken).Transcript;
}
