namespace Curation.Models.Speech.Agreement;

/// <summary>ROVER's word transition network: at each place what every model heard there, or nothing (Fiscus 1997).</summary>
internal sealed class WordNetwork
{
    private readonly int _models;

    private WordNetwork(int models) => _models = models;

    /// <summary>Places in order; each holds one entry a model, null where it heard nothing.</summary>
    public List<SpokenUnit?[]> Places { get; private set; } = [];

    /// <summary>Aligns transcripts one after the other to the network so far.</summary>
    /// <param name="transcripts">Units of each model.</param>
    /// <param name="order">Indices of the transcripts, the one to begin with first.</param>
    /// <returns>The network; a place's entries stand in the order of <paramref name="transcripts"/>.</returns>
    public static WordNetwork Build(IReadOnlyList<IReadOnlyList<SpokenUnit>> transcripts, IReadOnlyList<int> order)
    {
        var network = new WordNetwork(transcripts.Count);
        foreach (var model in order) network.Merge(model, transcripts[model]);
        return network;
    }

    private void Merge(int model, IReadOnlyList<SpokenUnit> units)
    {
        var places = new List<SpokenUnit?[]>();
        foreach (var (left, right) in WordAlignment.Align(Places.Count, units.Count, (place, unit) => Array.Exists(Places[place], heard => heard?.Key == units[unit].Key)))
        {
            var place = left >= 0 ? Places[left] : new SpokenUnit?[_models];
            if (right >= 0) place[model] = units[right];
            places.Add(place);
        }

        Places = places;
    }
}
