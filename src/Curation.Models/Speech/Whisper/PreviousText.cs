namespace Curation.Models.Speech.Whisper;

/// <summary>What the next window is told was said before.</summary>
internal sealed class PreviousText
{
    private readonly List<int> _tokens = [];
    private readonly IReadOnlyList<int> _initial;
    private readonly bool _carriesInitial;
    private readonly int _room;
    private int _forgottenUntil;

    public PreviousText(WhisperTokenizer tokenizer, TranscriptionOptions options, int textPositions)
    {
        _initial = string.IsNullOrWhiteSpace(options.InitialPrompt) ? [] : tokenizer.Encode(" " + options.InitialPrompt.Trim());
        _carriesInitial = options.CarryInitialPrompt;
        _room = Math.Max((textPositions / 2) - 1 - _initial.Count, 0);
        _tokens.AddRange(_initial);
    }

    public IReadOnlyList<int> Prompt
    {
        get
        {
            if (!_carriesInitial) return [.. _tokens.Skip(_forgottenUntil)];

            return [.. _initial, .. _tokens.Skip(Math.Max(_initial.Count, _forgottenUntil)).TakeLast(_room)];
        }
    }

    /// <param name="tokens">Tokens of a window's segments.</param>
    /// <param name="forget">Gives nothing of what was said up to now to the next window.</param>
    public void Add(IEnumerable<int> tokens, bool forget)
    {
        _tokens.AddRange(tokens);
        if (forget) _forgottenUntil = _tokens.Count;
    }
}
