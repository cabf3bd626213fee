using Curation.Models.Contracts;

namespace Curation.Models.Speakers;

/// <summary>Bottom-up clustering with average linkage: the two groups with the highest mean cosine are joined until that cosine falls below a limit.</summary>
/// <remarks>The time grows with the cube of the number of directions: right for a clip's hundred windows, not for hours.</remarks>
public static class AgglomerativeClusters
{
    /// <summary>Groups directions.</summary>
    /// <param name="directions">Vectors of one size.</param>
    /// <param name="mergeCosine">-1..1: the lowest mean cosine at which two groups are joined.</param>
    /// <returns>The group of each direction: 0, 1, ... in the order of first appearance.</returns>
    public static int[] Group(IReadOnlyList<float[]> directions, double mergeCosine)
    {
        ArgumentNullException.ThrowIfNull(directions);
        var count = directions.Count;
        var cosine = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++) cosine[i, j] = cosine[j, i] = Vectors.Cosine(directions[i], directions[j]);
        }

        var group = Enumerable.Range(0, count).ToArray();
        var size = Enumerable.Repeat(1, count).ToArray();
        var alive = Enumerable.Range(0, count).ToList();
        while (alive.Count > 1)
        {
            var (left, right, best) = Nearest(alive, cosine);
            if (best < mergeCosine) break;

            // Lance and Williams' update for the mean of all pairs.
            foreach (var other in alive)
            {
                if (other == left || other == right) continue;
                cosine[left, other] = cosine[other, left] = ((cosine[left, other] * size[left]) + (cosine[right, other] * size[right])) / (size[left] + size[right]);
            }

            size[left] += size[right];
            alive.Remove(right);
            for (var i = 0; i < count; i++)
            {
                if (group[i] == right) group[i] = left;
            }
        }

        return InOrder(group);
    }

    /// <summary>Renumbers groups 0, 1, ... in the order of first appearance.</summary>
    /// <param name="group">Any numbers.</param>
    /// <returns>New numbers.</returns>
    internal static int[] InOrder(int[] group)
    {
        var number = new Dictionary<int, int>();
        return Array.ConvertAll(group, old =>
        {
            number.TryAdd(old, number.Count);
            return number[old];
        });
    }

    private static (int Left, int Right, double Cosine) Nearest(List<int> alive, double[,] cosine)
    {
        var best = (Left: -1, Right: -1, Cosine: double.NegativeInfinity);
        for (var i = 0; i < alive.Count; i++)
        {
            for (var j = i + 1; j < alive.Count; j++)
            {
                var value = cosine[alive[i], alive[j]];
                if (value > best.Cosine) best = (alive[i], alive[j], value);
            }
        }

        return best;
    }
}
