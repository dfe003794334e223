using CyclerControl.Core.Documents;

namespace CyclerControl.Core.Protocols;

/// <summary>Problems and warnings of one compilation, each told once however many steps inherit its cause.</summary>
internal sealed class CompileFindings(string file)
{
    private readonly HashSet<Problem> _known = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    public List<Problem> Problems { get; } = [];

    public List<Problem> Warnings { get; } = [];

    public void Problem(ScalarNode node, string message, string cure) => Add(Problems, Make(node, message, cure));

    public void Warning(ScalarNode node, string message, string cure) => Add(Warnings, Make(node, message, cure));

    /// <summary>A cell quantity that nobody gave: told at the first place that needs it.</summary>
    public void Missing(string key, Problem problem)
    {
        if (_missing.Add(key))
        {
            Add(Problems, problem);
        }
    }

    public Problem Make(ScalarNode node, string message, string cure) => new(file, node.Line, node.Column, node.Path, node.Text, message, cure);

    private void Add(List<Problem> list, Problem problem)
    {
        if (_known.Add(problem) && list.Count < ProblemList.Most)
        {
            list.Add(problem);
        }
    }
}
