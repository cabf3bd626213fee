using Curation.Dashboard.Cluster;
using Curation.Dashboard.Layout;
using Curation.Dashboard.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dashboard.Parts;

/// <summary>A page that shows the cluster and follows it while somebody looks.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private IDisposable? _watching;
    private ViewerState? _viewer;

    /// <summary>The services of this viewer.</summary>
    [Inject]
    protected IServiceProvider Services { get; set; } = default!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Looks at the cluster; null where there is none.</summary>
    protected ClusterWatch? Watch { get; private set; }

    /// <summary>The cluster at the last look.</summary>
    protected ClusterState Now => Watch?.Current ?? new ClusterState();

    /// <summary>Who looks, for the audit.</summary>
    protected Actor Me => Actor.Of(Services.GetRequiredService<ViewerState>());

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops following.</summary>
    /// <param name="disposing">True where it is asked for.</param>
    protected virtual void Dispose(bool disposing)
    {
        _watching?.Dispose();
        if (_viewer is not null) _viewer.Changed -= Again;
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Watch = Services.GetService<ClusterWatch>();

        // What is rendered for a request is rendered once.
        if (!RendererInfo.IsInteractive) return;

        _watching = Watch?.Watch(() => _ = InvokeAsync(LookedAsync));
        _viewer = Services.GetRequiredService<ViewerState>();
        _viewer.Changed += Again;
    }

    /// <summary>There is a new look.</summary>
    /// <returns>Completes when the page shows it.</returns>
    protected virtual Task LookedAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    // Times are on another clock now.
    private void Again() => _ = InvokeAsync(StateHasChanged);
}
