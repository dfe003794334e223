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
                "text" => Results.Text(string.Join('\n', ReportText.Summary(report)) + "\n", "text/plain; charset=utf-8"),
                "md" => Results.Text(ReportMarkdown.Write(report), "text/markdown; charset=utf-8"),
                _ => Replies.Problem(StatusCodes.Status400BadRequest, $"format: '{format}' is none; use json, md or text"),
            };
        }
    }

    private static IResult Export(string run, string? format, string? burst, HttpContext http, RunArchive archive)
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

        var bursts = burst is null ? [] : reader.Bursts.Where(b => burst == "all" || b.Burst.ToString(CultureInfo.InvariantCulture) == burst).ToList();
        if (BurstProblem(reader, bursts, burst, format) is { } problem)
        {
            reader.Dispose();
            return problem;
        }

        // The exporters write as they read, on a thread of their own; the socket's back-pressure sets their pace.
        http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
        var name = reader.Header.RunId + (burst is null ? "" : $"-burst-{burst}") + (format == "csv" ? ".csv" : ".bdf.csv");
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

    private static IResult? BurstProblem(RunFileReader reader, List<BurstSummary> chosen, string? burst, string? format)
    {
        if (burst is null || (chosen.Count > 0 && (chosen.Count == 1 || format == "csv")))
        {
            return null;
        }

        var known = string.Join(", ", reader.Bursts.Select(b => b.Burst.ToString(CultureInfo.InvariantCulture)));
        return chosen.Count > 0
            ? Replies.Problem(StatusCodes.Status400BadRequest, $"burst: 'all' of {chosen.Count} bursts do not fit into one bdf table; use format=csv, or one number")
            : Replies.Problem(StatusCodes.Status404NotFound, $"burst: run {reader.Header.RunId} has no burst '{burst}'; it has {(known.Length == 0 ? "none" : known)}");
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
