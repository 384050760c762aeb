using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Mailings;

public enum SwitchState
{
    Running,

    /// <summary>By a person.</summary>
    Paused,

    /// <summary>By the dispatcher: too many refusals in a row. A person looks and resumes.</summary>
    Stopped,
}

/// <summary>One row a lane: may its mail leave, and what the dispatcher last met.</summary>
public sealed class MailSwitch
{
    public const int ReasonMax = 500;

    public MailLane Lane { get; set; }
    public SwitchState State { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

public sealed class MailSwitchConfiguration : IEntityTypeConfiguration<MailSwitch>
{
    public void Configure(EntityTypeBuilder<MailSwitch> builder)
    {
        builder.ToTable("MailSwitch");
        builder.HasKey(s => s.Lane);
        builder.Property(s => s.Lane).HasConversion<string>().HasMaxLength(16).ValueGeneratedNever();
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Reason).HasMaxLength(MailSwitch.ReasonMax);
        builder.HasData(
            new MailSwitch { Lane = MailLane.Essential, State = SwitchState.Running, ChangedAt = DateTimeOffset.UnixEpoch },
            new MailSwitch { Lane = MailLane.Mailing, State = SwitchState.Running, ChangedAt = DateTimeOffset.UnixEpoch });
    }
}
