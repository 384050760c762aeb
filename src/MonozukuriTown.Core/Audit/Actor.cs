namespace MonozukuriTown.Core.Audit;

/// <summary>Who is acting in this scope, for the change log. Web sets it from the signed-in user, jobs and imports by name.</summary>
public sealed class Actor
{
    public Guid? UserId { get; set; }

    /// <summary>A role or a machine's name ("City", "import", "job:freshness"), never a person's name.</summary>
    public string Name { get; set; } = "system";

    /// <summary>Why, where a person was asked to say it.</summary>
    public string? Reason { get; set; }

    /// <summary>All saves of one scope belong together: one form, one import, one job.</summary>
    public Guid Batch { get; set; } = Guid.CreateVersion7();
}
