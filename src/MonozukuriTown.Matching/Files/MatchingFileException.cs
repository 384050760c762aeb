namespace MonozukuriTown.Matching;

/// <summary>A file that can't be read; the message is one sentence with file and line.</summary>
public sealed class MatchingFileException(string file, int line, string problem)
    : Exception(line > 0 ? $"{file}, line {line}: {problem}" : $"{file}: {problem}")
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
