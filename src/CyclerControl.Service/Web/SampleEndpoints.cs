using System.Globalization;
using System.Text.Json;
using CyclerControl.Core.Runs;
using CyclerControl.Recording.Reading;
using CyclerControl.Service.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CyclerControl.Service.Web;

/// <summary>Samples of a run: raw pages by sequence number, or decimated for a plot. Columns once, then rows without names.</summary>
internal static class SampleEndpoints
{
    private const int MostRows = 20_000;
    private const int MostBuckets = 20_000;

    private static readonly string[] s_rawColumns =
        ["seq", "time_seconds", "volts", "amperes", "celsius", "step_time_seconds", "step_count", "step_id", "cycle", "half_cycle", "charging_amp_hours", "discharging_amp_hours"];

    private static readonly string[] s_bucketColumns =
        ["first_seq", "rows", "first_time_seconds", "last_time_seconds", "min_volts", "max_volts", "min_amperes", "max_amperes"];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/runs/{run}/samples", Samples);
        api.MapGet("/runs/{run}/bursts", Bursts);
    }

    /// <param name="after">Raw page: rows after this sequence number.</param>
    /// <param name="limit">Raw page: at most so many rows.</param>
    /// <param name="buckets">Decimated instead: at most so many pieces, each with its extremes.</param>
    /// <param name="from">Decimated: first test time, s.</param>
    /// <param name="to">Decimated: last test time, s.</param>
    private static IResult Samples(string run, long? after, int? limit, int? buckets, double? from, double? to, RunArchive archive, RunOverviews overviews)
    {
        if (Problems(after, limit, buckets, from, to) is { Count: > 0 } problems)
        {
            return Replies.Problem(StatusCodes.Status400BadRequest, problems);
        }

        var opened = archive.Open(run);
        if (opened.Value is not { } reader)
        {
            return Replies.Of(opened.Refusal!);
        }

        return Results.Stream(
            async body =>
            {
                using (reader)
                {
                    await using var json = new Utf8JsonWriter(body);
                    if (buckets is { } pieces)
                    {
                        WriteBuckets(json, overviews.Decimate(reader, from, to, pieces));
                    }
                    else
                    {
                        WriteRows(json, reader, after ?? 0, limit ?? MostRows);
                    }

                    await json.FlushAsync();
                }
            },
            "application/json");
    }

    private static IResult Bursts(string run, int? burst, RunArchive archive)
    {
        var opened = archive.Open(run);
        if (opened.Value is not { } reader)
        {
            return Replies.Of(opened.Refusal!);
        }

        using (reader)
        {
            return burst is { } number
                ? Results.Json(reader.EnumerateBurst(number).Select(s => new { time_seconds = s.TimeSeconds, volts = s.Volts, amperes = s.Amperes, celsius = s.Celsius }).ToList())
                : Results.Json(reader.Bursts.Select(b => new
                {
                    burst = b.Burst,
                    first_time_seconds = b.FirstNanoseconds * 1e-9,
                    last_time_seconds = b.LastNanoseconds * 1e-9,
                    samples = b.Samples,
                }).ToList());
        }
    }

    private static List<string> Problems(long? after, int? limit, int? buckets, double? from, double? to)
    {
        var problems = new List<string>();
        if (after < 0)
        {
            problems.Add($"after: {after} is below 0; give the sequence number of the last row that you have");
        }

        if (limit is < 1 or > MostRows)
        {
            problems.Add($"limit: {limit} is outside 1 to {MostRows}; ask for the next page with 'after'");
        }

        if (buckets is < 1 or > MostBuckets)
        {
            problems.Add($"buckets: {buckets} is outside 1 to {MostBuckets}");
        }

        if (buckets is null && (from ?? to) is not null)
        {
            problems.Add("from, to: are for decimated samples; give 'buckets' too, or 'after' and 'limit' for raw rows");
        }

        if (from > to)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"from: {from} s is after to: {to} s"));
        }

        return problems;
    }

    private static void WriteRows(Utf8JsonWriter json, RunFileReader reader, long after, int limit)
    {
        Begin(json, s_rawColumns);
        var seq = after;
        foreach (var row in reader.EnumerateSamples(after).Take(limit))
        {
            Write(json, ++seq, row);
        }

        json.WriteEndArray();
        json.WriteNumber("last_seq", seq);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, long seq, in SampleRow row)
    {
        json.WriteStartArray();
        json.WriteNumberValue(seq);
        json.WriteNumberValue(row.TimeNanoseconds * 1e-9);
        Number(json, row.Volts);
        Number(json, row.Amperes);
        Number(json, row.Celsius ?? double.NaN);
        json.WriteNumberValue(row.StepTimeNanoseconds * 1e-9);
        json.WriteNumberValue(row.StepCount);
        json.WriteNumberValue(row.StepId);
        json.WriteNumberValue(row.Cycle);
        json.WriteNumberValue(row.HalfCycle);
        Number(json, row.ChargingAmpHours);
        Number(json, row.DischargingAmpHours);
        json.WriteEndArray();
    }

    private static void WriteBuckets(Utf8JsonWriter json, IReadOnlyList<SampleBucket> buckets)
    {
        Begin(json, s_bucketColumns);
        foreach (var bucket in buckets)
        {
            json.WriteStartArray();
            json.WriteNumberValue(bucket.FirstSeq);
            json.WriteNumberValue(bucket.Rows);
            json.WriteNumberValue(bucket.FirstNanoseconds * 1e-9);
            json.WriteNumberValue(bucket.LastNanoseconds * 1e-9);
            Number(json, bucket.MinVolts);
            Number(json, bucket.MaxVolts);
            Number(json, bucket.MinAmperes);
            Number(json, bucket.MaxAmperes);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string[] columns)
    {
        json.WriteStartObject();
        json.WriteStartArray("columns");
        foreach (var column in columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
    }

    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
