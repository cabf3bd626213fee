namespace Curation.Models.Fusion;

/// <summary>Words that claim a sound, grouped by what they claim: a claim is supported by any word of its group.</summary>
internal static class SoundWords
{
    private const string Voice = "voice";

    // One group a line; the words that AudioSet's classes and captioners commonly use. Own list.
    private static readonly string[] Groups =
    [
        "voice speak speech talk say says said narrat narrator narration conversation dialogue chatter murmur whisper shout yell scream",
        "sing song singer vocal chant hum choir rap",
        "music melody tune song instrumental beat rhythm soundtrack band orchestra",
        "guitar strum", "piano keyboard organ", "drum percussion beat cymbal", "violin fiddle cello string", "flute clarinet saxophone trumpet horn brass trombone",
        "bark woof howl growl dog", "meow purr cat", "chirp tweet birdsong bird sing squawk crow caw coo", "moo cow cattle", "neigh horse hoof clop", "bleat sheep goat",
        "cluck chicken rooster hen", "buzz insect bee fly mosquito cricket", "croak frog", "roar lion",
        "applause clap cheer crowd", "laugh laughter giggle chuckle", "cry sob weep wail", "cough sneeze sniff", "breath pant gasp sigh snore", "footstep walk step",
        "engine motor car vehicle truck rev idle traffic", "siren ambulance alarm police", "honk horn beep car", "train rail locomotive", "aircraft plane helicopter airplane", "tire screech skid brake",
        "rain raindrop patter drip", "thunder storm", "wind gust rustle", "water splash wave river stream ocean gurgle pour", "fire crackle",
        "bell ring chime", "knock tap door slam creak", "explosion bang gunshot shot boom firework", "click tick clock", "beep alarm tone", "whistle", "hiss steam", "hammer drill saw tool",
        "type keyboard", "phone ring ringtone", "glass shatter break", "sizzle fry", "squeak creak", "thud thump", "static noise hum",
    ];

    // Words that also name things to be seen: alone they claim no sound.
    private static readonly HashSet<string> AlsoSeen = Stems("dog cat bird cow cattle horse sheep goat chicken rooster hen insect bee fly mosquito cricket frog lion crowd walk step car vehicle truck traffic train rail aircraft plane helicopter airplane water wave river stream ocean fire door rain storm wind string keyboard organ tool glass break phone clock police ambulance hoof band orchestra guitar piano drum violin cello flute trumpet saxophone trombone clarinet fiddle shot type idle bell song tire brake tap steam step pour drip rail motor engine cymbal horn drill saw hammer static tone wail beat wave firework explosion patter narrator singer choir raindrop breath say says said pant fry crow cough brass rhythm thunder");

    private static readonly Dictionary<string, List<int>> GroupsByStem = Index();

    private static readonly int VoiceGroup = GroupsByStem[Sentences.Stem(Voice)][0];

    private static readonly HashSet<string> Hearing = Stems("hear heard audible sound noise");

    /// <summary>The first sound that a sentence claims and no note supports; null where all are supported.</summary>
    /// <param name="sentence">What is claimed.</param>
    /// <param name="notes">What was heard: captions, tags, a transcript.</param>
    /// <param name="hasVoice">Whether somebody surely speaks or sings.</param>
    public static string? FirstUnsupported(string sentence, IEnumerable<string> notes, bool hasVoice)
    {
        var claims = Claims(sentence).ToList();
        if (claims.Count == 0) return null;

        var supported = new HashSet<int>(notes.SelectMany(Sentences.Words).Select(Sentences.Stem).SelectMany(stem => GroupsByStem.GetValueOrDefault(stem) ?? []));
        if (hasVoice) supported.Add(VoiceGroup);
        foreach (var word in claims)
        {
            if (!GroupsByStem[Sentences.Stem(word)].Any(supported.Contains)) return word;
        }

        return null;
    }

    // "A dog runs" claims no sound, "the sound of a dog" does.
    private static IEnumerable<string> Claims(string sentence)
    {
        var words = Sentences.Words(Quotations.Without(sentence)).ToList();
        var isHeard = words.Any(word => Hearing.Contains(Sentences.Stem(word)));
        return words.Where(word => GroupsByStem.ContainsKey(Sentences.Stem(word)) && (isHeard || !AlsoSeen.Contains(Sentences.Stem(word))));
    }

    private static Dictionary<string, List<int>> Index()
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var group = 0; group < Groups.Length; group++)
        {
            foreach (var stem in Stems(Groups[group]))
            {
                if (!index.TryGetValue(stem, out var groups)) index[stem] = groups = [];
                groups.Add(group);
            }
        }

        return index;
    }

    private static HashSet<string> Stems(string words) => [.. words.Split(' ').Select(Sentences.Stem)];
}
