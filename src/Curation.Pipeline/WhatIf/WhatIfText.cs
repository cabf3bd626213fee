using System.Globalization;
using Curation.Pipeline.Policies;

namespace Curation.Pipeline.WhatIf;

/// <summary>A draft as a policy file whose comments say where each limit came from.</summary>
public static class WhatIfText
{
    /// <summary>Writes the file.</summary>
    /// <param name="result">What the draft would change.</param>
    /// <param name="name">Name of the new policy.</param>
    /// <param name="dataset">Address of the data set that it was tried on.</param>
    /// <param name="snapshot">Its snapshot.</param>
    /// <returns>YAML that <see cref="PolicyFile"/> reads.</returns>
    public static string Write(WhatIfResult result, string name, string dataset, string snapshot)
    {
        ArgumentNullException.ThrowIfNull(result);

        return PolicyWriter.Text(result.Draft with { Name = name }, [.. Head(result, dataset, snapshot)], result.LimitsThen.ToDictionary(limit => limit.Limit.Name, limit => Comment(result, limit)));
    }

    private static IEnumerable<string> Head(WhatIfResult result, string dataset, string snapshot)
    {
        yield return $"Limits moved by hand over {dataset}, snapshot {snapshot}.";
        yield return $"Base policy: {result.Base.Name} (sha256 {result.Base.Sha256}).";
        yield return Text($"Of {result.Then.Clips:N0} clips {result.Then.Retained.Clips:N0} are retained ({result.Then.Retained.Hours:0.##} h), with the base policy {result.Now.Retained.Clips:N0} ({result.Now.Retained.Hours:0.##} h).");
        yield return Text($"Held {result.Then.Held.Clips:N0}, rejected {result.Then.Rejected.Clips:N0}. {result.Gained.Clips:N0} clips come in, {result.Lost.Clips:N0} go out.");
        string[] gone = [.. result.Base.Limits.Where(limit => result.Draft.Limits.All(other => other.Name != limit.Name)).Select(limit => $"{limit.Name} ({limit.Describe()})")];
        if (gone.Length > 0) yield return $"Taken away: {string.Join(", ", gone)}.";
        yield return "Above each limit: where it came from, clips it rejects, clips only it rejects.";
    }

    private static string Comment(WhatIfResult result, WhatIfLimit limit)
    {
        var was = result.Base.Limits.FirstOrDefault(other => other.Name == limit.Limit.Name);
        var before = result.LimitsNow.FirstOrDefault(other => other.Limit.Name == limit.Limit.Name);
        var origin = was is null ? "added by hand"
            : WhatIfDraft.IsSame(result.Base, was, result.Draft, limit.Limit) ? $"as in {result.Base.Name}"
            : $"moved by hand, was {was.Describe()}{(WhatIfDraft.SameRules(result.Base, was, result.Draft, limit.Limit) ? "" : " under other rules")}";
        var rejected = before is null ? "" : Text($" (before {before.Rejects:N0})");
        return Text($"{origin}; rejects {limit.Rejects:N0}{rejected}, {limit.OnlyRejects:N0} alone");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
