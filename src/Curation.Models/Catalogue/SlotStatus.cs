using System.Security.Cryptography;
using System.Text;

namespace Curation.Models.Catalogue;

/// <summary>What the models folder holds for one slot.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Condition">Whether its model is there.</param>
/// <param name="Reason">Why not, in words; null where it is there.</param>
/// <param name="Files">Its files.</param>
public sealed record SlotStatus(CatalogSlot Slot, SlotCondition Condition, string? Reason, IReadOnlyList<FileState> Files)
{
    /// <summary>
    /// SHA-256 that stands for the whole model: of its only file, or of lines of hash and name where it has several; null where it is not there.
    /// </summary>
    public string? Digest
    {
        get
        {
            var there = Files.Where(file => file.Sha256 is not null).OrderBy(file => file.File.Name, StringComparer.Ordinal).ToList();
            if (Condition != SlotCondition.Present || there.Count == 0) return null;
            if (there.Count == 1) return there[0].Sha256;

            var lines = string.Concat(there.Select(file => $"{file.Sha256}  {file.File.Name}\n"));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
        }
    }
}
