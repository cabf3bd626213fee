using Curation.Clips.Deciding;
using Curation.Pipeline.WhatIf;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>A draft as it stands in an address, so that it can be sent to somebody: <c>base, limit, without</c>.</summary>
/// <param name="Base">A preset to start from; null for the policy of the data set.</param>
/// <param name="Limits">Limits that are moved or added: see <see cref="WhatIfDraft"/>.</param>
/// <param name="Without">Limits that are taken away.</param>
internal sealed record WhatIfQuery(string? Base, IReadOnlyList<string> Limits, IReadOnlyList<string> Without)
{
    private const string BaseKey = "base", LimitKey = "limit", WithoutKey = "without";

    /// <summary>Reads an address.</summary>
    public static WhatIfQuery Parse(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var values = query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new WhatIfQuery(All(BaseKey) is [.., var name] ? name : null, All(LimitKey), All(WithoutKey));

        string[] All(string key) => [.. values.GetValueOrDefault(key).OfType<string>().Where(text => text.Length > 0)];
    }

    /// <summary>An address with a draft behind it.</summary>
    /// <param name="path">The address without a query.</param>
    /// <param name="preset">The preset that it starts from; null for the data set's own policy.</param>
    /// <param name="policy">The policy that it starts from.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="further">Further keys and values, before the others.</param>
    public static string At(string path, string? preset, Policy policy, Policy draft, params IEnumerable<KeyValuePair<string, string>> further)
    {
        var query = new QueryBuilder(further);
        if (preset is not null) query.Add(BaseKey, preset);
        foreach (var (key, value) in WhatIfDraft.Query(policy, draft)) query.Add(key, value);
        return path + query.ToQueryString();
    }
}
