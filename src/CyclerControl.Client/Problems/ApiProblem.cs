namespace CyclerControl.Client.Problems;

/// <summary>Why a request was refused (RFC 9457), with all problems at once.</summary>
public sealed record ApiProblem
{
    public string? Type { get; init; }

    public string? Title { get; init; }

    public int? Status { get; init; }

    /// <summary>In words for people: what, where, value, allowed, cure.</summary>
    public string? Detail { get; init; }

    /// <summary>Each problem by itself.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>The service refused, or could not be reached.</summary>
public sealed class ApiException : Exception
{
    public ApiException()
    {
    }

    public ApiException(string message)
        : base(message)
    {
    }

    public ApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ApiException(int status, ApiProblem problem)
        : base(problem.Problems.Count > 0 ? string.Join(Environment.NewLine, problem.Problems) : problem.Detail ?? problem.Title ?? $"the service answered {status}")
    {
        Status = status;
        Problem = problem;
    }

    /// <summary>HTTP status; null when nobody answered.</summary>
    public int? Status { get; }

    public ApiProblem? Problem { get; }
}
