using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MonozukuriTown.Core.Audit;

namespace MonozukuriTown.Core.Accounts;

/// <summary>A device somebody is signed in on: its cookie names this row, and without the row it is worth nothing.</summary>
public sealed class DeviceSession
{
    public const int DeviceMax = 60;

    public Guid Id { get; set; }
    public Guid UserId { get; set; }

    /// <summary>In words a person knows it by: "Chrome（Windows）".</summary>
    public required string Device { get; set; }
    public DateTimeOffset SignedInAt { get; set; }

    /// <summary>To the minute or so.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The account's security stamp then. Once that changes, every device but the one it was changed on is signed out.</summary>
    public required string Stamp { get; set; }
}

public sealed class DeviceSessionConfiguration : IEntityTypeConfiguration<DeviceSession>
{
    public void Configure(EntityTypeBuilder<DeviceSession> builder)
    {
        builder.ToTable("DeviceSession").Unlogged();
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Device).HasMaxLength(DeviceSession.DeviceMax);
        builder.Property(s => s.Stamp).HasMaxLength(100);
        builder.HasOne<TownUser>().WithMany().HasForeignKey(s => s.UserId);
        builder.HasIndex(s => s.SeenAt);
    }
}
