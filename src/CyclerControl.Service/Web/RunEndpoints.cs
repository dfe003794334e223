using System.Globalization;
using CyclerControl.Analysis.Reports;
using CyclerControl.Client.Runs;
using CyclerControl.Recording.Export;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Reports;
using CyclerControl.Service.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>Runs: what is kept of them.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs", (string? cell, RunArchive archive) => archive.List(cell));
        api.MapGet("/runs/{run}", (string run, RunArchive archive) => Replies.Of(archive.Find(run)));
        api.MapGet("/runs/{run}/events", Events);
        api.MapGet("/runs/{run}/report", Report);
        api.MapGet("/runs/{run}/export", Export);
    }

    private static IResult Events(string run, long? after, RunArchive archive)
    {
        var opened = archive.Open(run);
        if (opened.Value is not { } reader)
        {
            return Replies.Of(opened.Refusal!);
        }

        using (reader)
        {
            return Results.Json(
                reader.Events
                    .Select((e, i) => new RunEventInfo(i + 1, e.TimeNanoseconds * 1e-9, e.Kind, e.Message))
                    .Where(e => e.Seq > (after ?? 0)).ToList(),
                Client.ApiJson.Options);
        }
    }

    private static IResult Report(string run, string? format, RunArchive archive)
    {
        var opened = archive.Open(run);
        if (opened.Value is not { } reader)
        {
            return Replies.Of(opened.Refusal!);
        }

        using (reader)
        {
            var report = RunReports.Of(reader);
            return format switch
            {
                null or "json" => Results.Text(ReportJson.Write(report, indented: true), "application/json"),
                "md" => Results.Text(ReportMarkdown.Write(report), "text/markdown; charset=utf-8"),
                _ => Replies.Problem(StatusCodes.Status400BadRequest, $"format: '{format}' is none; use json or md"),
            };
        }
    }

    private static IResult Export(string run, string? format, int? burst, HttpContext http, RunArchive archive)
    {
        if (format is not (null or "bdf" or "csv"))
        {
            return Replies.Problem(StatusCodes.Status400BadRequest, $"format: '{format}' is none; use bdf or csv");
        }

        var opened = archive.Open(run);
        if (opened.Value is not { } reader)
        {
            return Replies.Of(opened.Refusal!);
        }

        var bursts = reader.Bursts.Where(b => b.Burst == burst).ToList();
        if (burst is not null && bursts.Count == 0)
        {
            var known = string.Join(", ", reader.Bursts.Select(b => b.Burst.ToString(CultureInfo.InvariantCulture)));
            reader.Dispose();
            return Replies.Problem(StatusCodes.Status404NotFound, $"burst: this run has no burst {burst}; it has {(known.Length == 0 ? "none" : known)}");
        }

        // The exporters write as they read, on a thread of their own; the socket's back-pressure sets their pace.
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        var name = reader.Header.RunId + (burst is null ? "" : FormattableString.Invariant($"-burst-{burst}")) + (format == "csv" ? ".csv" : ".bdf.csv");
        return Results.Stream(
            body => Task.Run(() =>
            {
                using (reader)
                {
                    Write(reader, bursts, format, body);
                }
            }),
            "text/csv; charset=utf-8",
            name);
    }

    private static void Write(RunFileReader reader, List<BurstSummary> bursts, string? format, Stream body)
    {
        switch (bursts.Count, format)
        {
            case (0, "csv"):
                CsvExporter.Write(reader, body);
                break;
            case (0, _):
                BdfExporter.Write(reader, body);
                break;
            case (_, "csv"):
                BurstExporter.WriteCsv(reader, bursts, body);
                break;
            default:
                BurstExporter.WriteBdf(reader, bursts[0], body);
                break;
        }
    }
}
