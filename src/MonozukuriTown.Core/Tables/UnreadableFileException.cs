namespace MonozukuriTown.Core.Tables;

/// <summary>A file that can't be read as a whole. The message is shown to whoever sent it.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
