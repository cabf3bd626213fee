using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>A draft on its way: what a viewer does to limits.</summary>
/// <param name="start">The policy that it starts from.</param>
public sealed class WhatIfEditor(Policy start)
{
    /// <summary>The policy that it starts from.</summary>
    public Policy Base { get; } = start;

    /// <summary>The draft.</summary>
    public Policy Draft { get; private set; } = start;

    /// <summary>Why the last change was not made; null where it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether anything differs.</summary>
    public bool IsChanged => Draft.Sha256 != Base.Sha256;

    /// <summary>Limits that the draft took away.</summary>
    public IEnumerable<Limit> Removed => Base.Limits.Where(limit => Find(limit.Name) is null);

    /// <summary>The draft's limit of a measurement.</summary>
    public Limit? Find(string name) => Draft.Limits.FirstOrDefault(limit => limit.Name == name);

    /// <summary>The limit that a measurement had at the start.</summary>
    public Limit? FindBase(string name) => Base.Limits.FirstOrDefault(limit => limit.Name == name);

    /// <summary>Whether the draft says of a measurement what the policy at the start says.</summary>
    public bool IsMoved(string name) => WhatIfDraft.Query(Only(Base, name), Only(Draft, name)).Count > 0;

    /// <summary>Lays an address over the policy at the start.</summary>
    internal void Apply(WhatIfQuery query) => Try(() => WhatIfDraft.Apply(Base, query.Limits, query.Without));

    /// <summary>Moves a bound; null takes it away.</summary>
    public void Move(string name, LimitBound bound, double? value)
    {
        if (Find(name) is { } limit) Replace(name, bound.With(limit, value));
    }

    /// <summary>Sets what becomes of clips without the measurement.</summary>
    public void SetRule(string name, UnmeasuredRule rule)
    {
        if (Find(name) is { } limit) Replace(name, limit with { Unmeasured = rule == Draft.Unmeasured ? null : rule });
    }

    /// <summary>Adds a limit, or a bound to one.</summary>
    public void Add(string name, LimitBound bound, double value) => Replace(name, bound.With(Find(name) ?? new Limit(name), value));

    /// <summary>Takes a limit away.</summary>
    public void Remove(string name) => Replace(name, null);

    /// <summary>Makes a limit what it was at the start.</summary>
    public void Undo(string name) => Replace(name, FindBase(name));

    /// <summary>Makes everything what it was.</summary>
    public void Reset() => (Draft, Problem) = (Base, null);

    private void Replace(string name, Limit? limit)
    {
        var limits = Draft.Limits.Where(other => other.Name != name).ToList();
        if (limit is not null) limits.Add(limit);

        // The first limit that fails names the rejection, so limits keep their places; new ones stand last, in the order they came.
        var places = Base.Limits.Concat(Draft.Limits).Select(other => other.Name).Append(name).Distinct(StringComparer.Ordinal).ToList();
        Try(() => WhatIfDraft.Checked(Draft with { Limits = [.. limits.OrderBy(other => places.IndexOf(other.Name))] }));
    }

    private void Try(Func<Policy> change)
    {
        try
        {
            (Draft, Problem) = (change(), null);
        }
        catch (PolicyException wrong)
        {
            Problem = string.Join(' ', wrong.Errors.Select(error => $"{char.ToUpperInvariant(error.Message[0])}{error.Message[1..]}."));
        }
    }

    private static Policy Only(Policy policy, string name) => policy with { Limits = [.. policy.Limits.Where(limit => limit.Name == name)] };
}
