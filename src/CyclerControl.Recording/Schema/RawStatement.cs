using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CyclerControl.Recording.Schema;

/// <summary>A prepared statement without the allocations of ADO.NET: for sample rows and commits. Bindings stay until they are changed.</summary>
internal sealed class RawStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public RawStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <param name="index">From 1.</param>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    /// <summary>Not a number becomes NULL: SQLite has none.</summary>
    public void Bind(int index, double value) => Check(raw.sqlite3_bind_double(statement, index, value));

    public void BindNull(int index) => Check(raw.sqlite3_bind_null(statement, index));

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Run()
    {
        var rc = raw.sqlite3_step(statement);
        if (rc != raw.SQLITE_DONE)
            Fail(rc);
        raw.sqlite3_reset(statement);
    }

    /// <summary>Goes to the next row of a query; false and ready to run again after the last.</summary>
    public bool Next()
    {
        var rc = raw.sqlite3_step(statement);
        if (rc == raw.SQLITE_ROW)
            return true;
        if (rc != raw.SQLITE_DONE)
            Fail(rc);
        raw.sqlite3_reset(statement);
        return false;
    }

    /// <summary>Gives a query up before its last row, and with it the read transaction.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    /// <param name="column">From 0.</param>
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>NULL is not a number.</summary>
    public double Real(int column)
    {
        var value = raw.sqlite3_column_double(statement, column);
        return value == 0 && IsNull(column) ? double.NaN : value;
    }

    public double? RealOrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_double(statement, column);

    public void Dispose() => statement.Dispose();

    private void Check(int rc)
    {
        if (rc != raw.SQLITE_OK)
            Fail(rc);
    }

    private void Fail(int rc)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(rc, database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }
}
