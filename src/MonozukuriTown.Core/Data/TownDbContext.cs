using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.Extensions.DependencyInjection;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Network;
using MonozukuriTown.Core.Work;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace MonozukuriTown.Core.Data;

/// <summary>The town's one database. Each feature maps its own entities in its folder; they are found here by assembly.</summary>
public sealed class TownDbContext(DbContextOptions<TownDbContext> options)
    : IdentityDbContext<TownUser, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Company> Companies => Set<Company>();
    public DbSet<CompanySection> CompanySections => Set<CompanySection>();
    public DbSet<CapabilityOffer> CapabilityOffers => Set<CapabilityOffer>();
    public DbSet<FreshnessRequest> FreshnessRequests => Set<FreshnessRequest>();
    public DbSet<FreshnessAnswer> FreshnessAnswers => Set<FreshnessAnswer>();
    public DbSet<OldSlug> OldSlugs => Set<OldSlug>();
    public DbSet<OldAddress> OldAddresses => Set<OldAddress>();
    public DbSet<CatalogChange> CatalogChanges => Set<CatalogChange>();
    public DbSet<CompanyUser> CompanyUsers => Set<CompanyUser>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<Award> Awards => Set<Award>();
    public DbSet<TownEvent> Events => Set<TownEvent>();
    public DbSet<WorkItem> WorkItems => Set<WorkItem>();
    public DbSet<ChangeLogEntry> ChangeLog => Set<ChangeLogEntry>();
    public DbSet<ChangeLogPersonal> ChangeLogPersonal => Set<ChangeLogPersonal>();
    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();

    private const string Ids = "town_ids";

    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    // Identity reads its schema version from the app's services and falls back to 1, silently without the passkey table:
    // a context made outside the app (migrations, command line, tests) gets these.
    private static readonly ServiceProvider IdentitySettings = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(IdentitySettings);
    }

    /// <summary>In queries only: a column with full-width letters, half-width kana, ㈱ and the like in their plain form, as <c>Kana.Normalise</c> has what people type.</summary>
    public static string? Plain(string? column) => throw new InvalidOperationException($"{column}: this is a function of the database.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDbFunction(() => Plain(null)).HasTranslation(arguments =>
            new SqlFunctionExpression("normalize", [arguments[0], new SqlFragmentExpression("NFKC")], nullable: true, [true, false], typeof(string), arguments[0].TypeMapping));
        // Keys are known at Add, so the change log can name a new row in the same SaveChanges.
        // A hundred at a time: an import of ten thousand companies adds some 150,000 rows.
        builder.HasSequence(Ids).IncrementsBy(100);
        builder.UseHiLo(Ids);
        builder.ApplyConfigurationsFromAssembly(typeof(TownDbContext).Assembly);
        // Said of each key too: the model snapshot would otherwise give them a sequence of Npgsql's own naming, for ever "pending".
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(e => e.GetProperties())
            .Where(p => p.GetValueGenerationStrategy() == NpgsqlValueGenerationStrategy.SequenceHiLo))
        {
            key.SetHiLoSequenceName(Ids);
        }
        builder.UseSnakeCase();
        if (builder.Model.FindEntityType(typeof(IdentityUserPasskey<Guid>)) is null)
            throw new InvalidOperationException("Identity's schema is not version 3: set IdentityOptions.Stores.SchemaVersion.");
    }
}
