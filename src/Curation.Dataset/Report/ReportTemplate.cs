using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Curation.Dataset.Report.Sections;
using HandlebarsDotNet;

namespace Curation.Dataset.Report;

/// <summary>The page: a Handlebars template, one style sheet and one script, all embedded. Every value is HTML-encoded by the template.</summary>
internal static class ReportTemplate
{
    private static readonly string Style = Read("report.css");
    private static readonly string Script = Read("report.js");
    private static readonly HandlebarsTemplate<TextWriter, object, object> Page = Compile();

    /// <summary>Only our own style and script run, whatever a row says; stills are inlined and clips lie beside the page.</summary>
    /// <remarks><c>file:</c> is there because browsers disagree whether <c>'self'</c> covers the folder of a page opened from disk.</remarks>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; img-src data:; media-src 'self' file:; base-uri 'none'; form-action 'none'";

    /// <summary>Fills the page.</summary>
    public static string Render(PageView page)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Page(writer, new { Policy = ContentSecurityPolicy, Style, Script, Page = page }, null!);
        return writer.ToString();
    }

    private static HandlebarsTemplate<TextWriter, object, object> Compile()
    {
        var handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            FormatProvider = CultureInfo.InvariantCulture,
            ThrowOnUnresolvedBindingExpression = true,
        });
        foreach (var partial in (string[])["card", "histogram"])
        {
            using var text = new StringReader(Read(partial + ".hbs"));
            handlebars.RegisterTemplate(partial, handlebars.Compile(text));
        }

        using var page = new StringReader(Read("report.hbs"));
        return handlebars.Compile(page);
    }

    // Browsers hash what stands between the tags after turning CR LF into LF.
    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Curation.Dataset.Report.Page." + name)
            ?? throw new InvalidOperationException($"The embedded page '{name}' is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
