namespace CyclerControl.Recording.Schema;

/// <summary>The tables of a run file, version <see cref="Version"/>. Public: described column by column in docs/run-file.md.</summary>
internal static class RunSchema
{
    /// <summary>'CYCR', in the file's header at offset 68.</summary>
    public const int ApplicationId = 0x43594352;

    public const int Version = 2;

    public const int PageSize = 8192;

    /// <summary>What both the run's first write and its recovery tell SQLite. Journal mode and page size must come before the tables.</summary>
    public const string Pragmas = """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        """;

    public const string Tables = """
        PRAGMA application_id = 1129923410;
        PRAGMA user_version = 2;

        CREATE TABLE run (
            run_id TEXT NOT NULL,
            channel TEXT NOT NULL,
            started_utc TEXT NOT NULL,
            simulated INTEGER NOT NULL,
            protocol_name TEXT NOT NULL,
            protocol_version INTEGER NOT NULL,
            measure TEXT NOT NULL,
            protocol_text TEXT NOT NULL,
            protocol_sha256 TEXT NOT NULL,
            operator TEXT,
            instrument TEXT,
            profile TEXT NOT NULL,
            profile_text TEXT NOT NULL,
            software_version TEXT NOT NULL,
            simulation_note TEXT,
            resume_within_s REAL
        );
        CREATE TABLE cell (name TEXT PRIMARY KEY, value, unit TEXT);
        CREATE TABLE parameters (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE detection_settings (name TEXT PRIMARY KEY, value REAL NOT NULL);

        CREATE TABLE positions (
            position_id INTEGER PRIMARY KEY,
            step_count INTEGER NOT NULL,
            step_id INTEGER NOT NULL,
            cycle INTEGER NOT NULL,
            half_cycle INTEGER NOT NULL,
            step_zero_ns INTEGER NOT NULL,
            charging_ah_at_start REAL,
            discharging_ah_at_start REAL
        );
        CREATE TABLE samples (
            sample_id INTEGER PRIMARY KEY,
            time_ns INTEGER,
            position_id INTEGER,
            volts REAL,
            amperes REAL,
            celsius REAL,
            charging_ah REAL,
            discharging_ah REAL,
            charging_wh REAL,
            discharging_wh REAL,
            step_charging_ah REAL,
            step_discharging_ah REAL,
            reason INTEGER
        );
        CREATE VIEW sample_rows AS
            SELECT s.sample_id, s.time_ns / 1e9 AS test_time_s, s.volts, s.amperes, s.celsius,
                (s.time_ns - p.step_zero_ns) / 1e9 AS step_time_s, p.step_count, p.step_id, p.cycle, p.half_cycle,
                s.charging_ah, s.discharging_ah, s.charging_wh, s.discharging_wh,
                COALESCE(s.step_charging_ah, s.charging_ah - p.charging_ah_at_start) AS step_charging_ah,
                COALESCE(s.step_discharging_ah, s.discharging_ah - p.discharging_ah_at_start) AS step_discharging_ah,
                s.reason
            FROM samples s JOIN positions p USING (position_id);

        CREATE TABLE steps (
            step_count INTEGER PRIMARY KEY,
            step_id INTEGER NOT NULL,
            path TEXT NOT NULL,
            verb TEXT NOT NULL,
            name TEXT,
            set_amperes REAL,
            set_volts REAL,
            ramp_pass INTEGER,
            cycle INTEGER NOT NULL,
            half_cycle INTEGER NOT NULL,
            block INTEGER,
            block_cycle INTEGER,
            start_ns INTEGER NOT NULL,
            end_ns INTEGER NOT NULL,
            charging_ah REAL NOT NULL,
            discharging_ah REAL NOT NULL,
            charging_wh REAL NOT NULL,
            discharging_wh REAL NOT NULL,
            start_volts REAL,
            end_volts REAL,
            ended_by TEXT NOT NULL,
            ended_at_once INTEGER NOT NULL,
            hold_start_ns INTEGER
        );
        CREATE TABLE cycles (
            cycle INTEGER PRIMARY KEY,
            start_ns INTEGER NOT NULL,
            end_ns INTEGER NOT NULL,
            charging_ah REAL NOT NULL,
            discharging_ah REAL NOT NULL,
            charging_wh REAL NOT NULL,
            discharging_wh REAL NOT NULL,
            complete INTEGER NOT NULL
        );
        CREATE TABLE detections (
            detection_id INTEGER PRIMARY KEY,
            rule INTEGER NOT NULL,
            kind TEXT NOT NULL,
            severity TEXT NOT NULL,
            time_s REAL,
            onset_s REAL,
            volts REAL,
            amperes REAL,
            expected_volts REAL,
            statistic REAL,
            threshold REAL,
            short_ohm REAL,
            explanation TEXT NOT NULL
        );
        CREATE TABLE events (
            event_id INTEGER PRIMARY KEY,
            time_ns INTEGER NOT NULL,
            kind TEXT NOT NULL,
            message TEXT NOT NULL,
            detection_id INTEGER,
            until_ns INTEGER,
            lost_rows INTEGER
        );
        CREATE TABLE bursts (
            burst_sample_id INTEGER PRIMARY KEY,
            burst INTEGER NOT NULL,
            time_ns INTEGER NOT NULL,
            volts REAL,
            amperes REAL,
            celsius REAL
        );
        CREATE TABLE checkpoint (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            time_ns INTEGER NOT NULL,
            after_sample_id INTEGER NOT NULL,
            state BLOB NOT NULL
        );
        CREATE TABLE progress (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            sample_id INTEGER NOT NULL,
            time_ns INTEGER NOT NULL,
            step_count INTEGER NOT NULL,
            step_id INTEGER NOT NULL,
            step_time_ns INTEGER NOT NULL,
            cycle INTEGER NOT NULL,
            half_cycle INTEGER NOT NULL,
            charging_ah REAL,
            discharging_ah REAL,
            charging_wh REAL,
            discharging_wh REAL,
            step_charging_ah REAL,
            step_discharging_ah REAL,
            celsius_rows INTEGER NOT NULL
        );
        CREATE TABLE ending (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            outcome TEXT NOT NULL,
            end_ns INTEGER NOT NULL,
            reason TEXT NOT NULL,
            short_detection_id INTEGER
        );
        """;
}
