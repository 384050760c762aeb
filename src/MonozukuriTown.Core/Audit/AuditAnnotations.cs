using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MonozukuriTown.Core.Audit;

/// <summary>What the change log leaves out or keeps apart. Everything not named is logged.</summary>
public static class AuditAnnotations
{
    private const string UnloggedKey = "Town:Unlogged";
    private const string PersonalKey = "Town:Personal";

    /// <summary>The entity is bookkeeping of the machine itself (mail rows, jobs, sessions): no change log.</summary>
    public static EntityTypeBuilder<T> Unlogged<T>(this EntityTypeBuilder<T> builder) where T : class
    {
        builder.Metadata.SetAnnotation(UnloggedKey, true);
        return builder;
    }

    /// <summary>A secret or a machine counter: its values never reach the log.</summary>
    public static PropertyBuilder<T> Unlogged<T>(this PropertyBuilder<T> builder)
    {
        builder.Metadata.SetAnnotation(UnloggedKey, true);
        return builder;
    }

    /// <summary>Data about a person: its old and new values go to the erasable half.</summary>
    public static PropertyBuilder<T> Personal<T>(this PropertyBuilder<T> builder)
    {
        builder.Metadata.SetAnnotation(PersonalKey, true);
        return builder;
    }

    internal static bool IsUnlogged(this IReadOnlyAnnotatable item) => item.FindAnnotation(UnloggedKey) is not null;

    internal static bool IsPersonal(this IReadOnlyAnnotatable item) => item.FindAnnotation(PersonalKey) is not null;
}
