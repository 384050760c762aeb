using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Jobs;

public enum JobState
{
    Waiting,
    Done,

    /// <summary>Failed too often, or ended its program each time: nobody but a person starts it again.</summary>
    Stuck,

    /// <summary>By a person.</summary>
    GivenUp,
}

/// <summary>Something to be done once at a time. What it is about and when make it unique, so whoever schedules it twice schedules it once.</summary>
public sealed class TimedJob
{
    public const int KindMax = 64;
    public const int SubjectMax = 128;
    public const int ProblemMax = 500;

    public long Id { get; set; }

    /// <summary>Which <see cref="IJob"/> does it.</summary>
    public required string Kind { get; set; }

    /// <summary>What it is about, in the words of its feature ("event/12"); empty for rounds of the house.</summary>
    public required string Subject { get; set; }
    public DateTimeOffset Due { get; set; }
    public JobState State { get; set; }

    /// <summary>Counted when it is begun: a job that ends its program is found out too.</summary>
    public int Attempts { get; set; }

    /// <summary>By the nodes' clock, as <see cref="Due"/> is.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }
    public Guid? Lease { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What went wrong last.</summary>
    public string? Problem { get; set; }

    /// <summary>Who last started it again or gave it up.</summary>
    public Guid? DecidedBy { get; set; }
}

public sealed class TimedJobConfiguration : IEntityTypeConfiguration<TimedJob>
{
    public void Configure(EntityTypeBuilder<TimedJob> builder)
    {
        builder.ToTable("TimedJob").Unlogged();
        builder.Property(j => j.Kind).HasMaxLength(TimedJob.KindMax);
        builder.Property(j => j.Subject).HasMaxLength(TimedJob.SubjectMax);
        builder.Property(j => j.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(j => j.Problem).HasMaxLength(TimedJob.ProblemMax);
        builder.HasIndex(j => new { j.Kind, j.Subject, j.Due }).IsUnique();
        builder.HasIndex(j => new { j.NextAttemptAt, j.Id }).HasFilter("state = 'Waiting'").HasDatabaseName("ix_timed_job_waiting");
        builder.HasIndex(j => new { j.State, j.FinishedAt });
    }
}
