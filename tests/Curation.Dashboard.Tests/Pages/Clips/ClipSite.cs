using System.Diagnostics;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dashboard.Hosting;
using Curation.Dashboard.Pages.Clips;
using Curation.Dashboard.Pages.WhatIf;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Dashboard.Tests.Pages.Clips;

/// <summary>Media and JSON of a small data set over HTTP: of one source a retained clip with media, a held and a rejected one, and a rejected one whose source is gone.</summary>
public sealed class ClipSite : IAsyncLifetime
{
    private const string Policy = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly string _folder = Directory.CreateTempSubdirectory("curation-clips-").FullName;
    private WebApplication? _app;

    public HttpClient Http { get; } = new();

    public string Dataset => Path.Combine(_folder, "data");

    public byte[] Media { get; private set; } = [];

    public byte[] Poster { get; } = [0xFF, 0xD8, 1, 2, 3];

    public ClipId Retained { get; private set; }

    public ClipId Held { get; private set; }

    public ClipId Rejected { get; private set; }

    public ClipId Sourceless { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var film = Path.Combine(_folder, "film.mp4");
        await FfmpegAsync("-f lavfi -i testsrc2=s=320x240:r=25:d=6 -f lavfi -i sine=f=440:d=6 -c:v libx264 -preset ultrafast -c:a aac", film);
        await FfmpegAsync("-f lavfi -i testsrc2=s=320x240:r=25:d=2 -f lavfi -i sine=f=440:d=2 -c:v libx264 -preset ultrafast -c:a aac", Path.Combine(_folder, "clip.mp4"));
        Media = await File.ReadAllBytesAsync(Path.Combine(_folder, "clip.mp4"), Cancel);
        await FillAsync(film);
        _app = await StartAsync();
        Http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FillAsync(string film)
    {
        var store = new LocalDatasetStore(Dataset);
        var fragments = new FragmentStore(store);
        var sha256 = await ContentDigest.Sha256Async(film, Cancel);
        var here = SourceUri.FromPath(film);
        var gone = SourceUri.FromPath(Path.Combine(_folder, "gone.mp4"));
        var lost = new string('b', 64);
        ClipRecord[] clips = [Row(here, sha256, 0, 2, ClipOutcome.Retained), Row(here, sha256, 2, 4, ClipOutcome.Held), Row(here, sha256, 4, 6, ClipOutcome.Rejected)];
        var sourceless = Row(gone, lost, 0, 3, ClipOutcome.Rejected);
        (Retained, Held, Rejected, Sourceless) = (clips[0].Id, clips[1].Id, clips[2].Id, sourceless.Id);
        await store.PutAsync(ClipPaths.Media(Retained), Media, Cancel);
        await store.PutAsync(ClipPaths.Poster(Retained), Poster, Cancel);
        await fragments.SaveAsync(Outcome(here, sha256, clips), 1000, 42, Cancel);
        await fragments.SaveAsync(Outcome(gone, lost, [sourceless]), 1000, 42, Cancel);
        await new SnapshotWriter(store, fragments, TimeProvider.System, new SnapshotOptions()).CommitAsync(new SnapshotContext(PipelineVersion.Current, new ManifestPolicy("demo", Policy), []), Cancel);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "curate", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ScratchOptions { Folder = Path.Combine(_folder, "scratch") });
        builder.Services.AddCurationPipeline();
        builder.Services.AddCurationDashboard(new DashboardOptions { Datasets = [Dataset] });
        var app = builder.Build();

        // Without pages, whose files a test of media does not need; the token that changes need is the API group's and tested there.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapClipMedia();
        app.MapGroup("/api/v1").MapClipApi();
        app.MapGroup("/api/v1").MapWhatIfApi();
        await app.StartAsync(Cancel);
        return app;
    }

    private static ClipRecord Row(string uri, string sha256, double start, double end, ClipOutcome outcome)
    {
        var span = new ClipSpan(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));
        var id = ClipId.From(sha256, span, PipelineVersion.Current);
        var kept = outcome == ClipOutcome.Retained;
        return new ClipRecord
        {
            Id = id,
            SourceUri = uri,
            SourceSha256 = sha256,
            Span = span,
            Width = 320,
            Height = 240,
            FramesPerSecond = 25,
            Split = Split.Sound,
            MediaPath = kept ? ClipPaths.Media(id) : null,
            MediaSha256 = kept ? new string('c', 64) : null,
            PosterPath = kept ? ClipPaths.Poster(id) : null,
            Caption = kept ? "A test picture and a tone" : null,
            Measurements = [Measurement.Measured("snr_db", 10 + start, "wada-snr", "1"), Measurement.Unmeasured("mos", "model slot 'mos' is absent")],
            Verdicts = [new Verdict("snr_db", outcome == ClipOutcome.Rejected ? VerdictOutcome.Reject : VerdictOutcome.Pass, 10 + start, "<= 12", outcome == ClipOutcome.Rejected ? "too loud" : null)],
            Outcome = outcome,
            RejectedBy = outcome == ClipOutcome.Rejected ? "snr_db" : null,
            Reason = kept ? null : "because",
            PolicySha256 = Policy,
            PipelineVersion = PipelineVersion.Current,
        };
    }

    private static SourceOutcome Outcome(string uri, string sha256, IReadOnlyList<ClipRecord> clips) => new()
    {
        SourceUri = uri,
        SourceSha256 = sha256,
        FragmentName = FragmentName.From(sha256, "1", [], TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), Policy, []),
        MediaSeconds = 6,
        AnalysisSeconds = 1,
        DecodePasses = 1,
        Clips = clips,
    };

    private static async Task FfmpegAsync(string arguments, string path)
    {
        var ffmpeg = (await new FfmpegTools().LocateAsync(Cancel)).Ffmpeg;
        using var process = Process.Start(new ProcessStartInfo(ffmpeg, ["-v", "error", "-nostdin", "-y", .. arguments.Split(' '), path]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, said);
    }
}
