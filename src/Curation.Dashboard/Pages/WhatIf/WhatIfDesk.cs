using Curation.Clips.Deciding;
using Curation.Dashboard.Datasets;
using Curation.Pipeline.Policies;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>The columns of the data sets that somebody asks what-if of, each read once for all who ask; and the policies to start from.</summary>
internal sealed class WhatIfDesk
{
    // A million clips take about 214 MB.
    private const int MostOpen = 2;

    private readonly Lock _lock = new();
    private readonly List<(string Dataset, string Snapshot, string Policy, Task<WhatIfClips> Clips)> _open = [];

    /// <summary>The clips of a data set as it stands. The first who asks waits while its columns are read.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="policy">The policy to start from.</param>
    /// <returns>The same for all who ask; it goes on where one of them leaves.</returns>
    public Task<WhatIfClips> OfAsync(OpenedDataset dataset, Policy policy)
    {
        lock (_lock)
        {
            var at = _open.FindIndex(open => open.Dataset == dataset.Known.Key && open.Snapshot == dataset.Manifest.Id && open.Policy == policy.Sha256 && !open.Clips.IsFaulted);
            var clips = at >= 0 ? _open[at].Clips : Task.Run(() => WhatIfClips.LoadAsync(dataset.Store, dataset.Manifest, policy));
            if (at >= 0) _open.RemoveAt(at);

            // What is let go of is collected when the last who asks it is done.
            _open.RemoveAll(open => open.Clips.IsFaulted || (open.Dataset == dataset.Known.Key && open.Snapshot != dataset.Manifest.Id));
            _open.Add((dataset.Known.Key, dataset.Manifest.Id, policy.Sha256, clips));
            if (_open.Count > MostOpen) _open.RemoveAt(0);
            return clips;
        }
    }

    /// <summary>Finds the policy to start from: a preset where one is asked for, else the policy that the data set was judged by, else the preset of the same name, else the first.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="preset">A preset's name; null for the policy of the data set.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The policy, and why it is not the one that was wanted.</returns>
    /// <exception cref="IOException">The data set cannot be read.</exception>
    public static async Task<WhatIfBase> FindBaseAsync(OpenedDataset dataset, string? preset, CancellationToken cancellationToken = default)
    {
        if (preset is not null && PolicyPresets.Names.Contains(preset)) return new WhatIfBase(PolicyFile.Load(preset), preset, null);

        var problem = preset is null ? null : $"There is no preset of the name that the address asks for; presets are {string.Join(" and ", PolicyPresets.Names)}.";
        var (name, sha256) = dataset.Manifest.Policy;
        if (await PolicyShelf.FindAsync(dataset.Store, sha256, cancellationToken) is { } own) return new WhatIfBase(own, null, problem);

        var standIn = PolicyPresets.Names.Contains(name) ? name : PolicyPresets.Names[0];
        return new WhatIfBase(PolicyFile.Load(standIn), standIn, problem ?? $"The data set was judged by the policy '{name}' ({sha256[..Math.Min(12, sha256.Length)]}), whose limits are kept neither beside it nor among the presets of this version. 'Now' is what the preset '{standIn}' makes of the same measurements.");
    }
}
