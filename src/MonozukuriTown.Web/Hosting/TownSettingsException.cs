namespace MonozukuriTown.Web.Hosting;

/// <summary>A setting is missing or wrong; the message says what to set.</summary>
public sealed class TownSettingsException : Exception
{
    public TownSettingsException()
    {
    }

    public TownSettingsException(string message) : base(message)
    {
    }

    public TownSettingsException(string message, Exception inner) : base(message, inner)
    {
    }
}
