using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using MonozukuriTown.Core.Accounts;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Certification;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Companies.Confirming;
using MonozukuriTown.Core.Companies.Editing;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Events;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Indicators;
using MonozukuriTown.Core.Jobs;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Core.Searches;
using MonozukuriTown.Core.Work;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Api;
using Npgsql;

namespace MonozukuriTown.Web.Hosting;

/// <summary>Puts the parts of the portal together: one method for the services, one for the pipeline.</summary>
public static class TownHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
        });
        AddLocalSettings(builder.Configuration);
        LogLines.AddTo(builder.Logging);
        return builder;
    }

    /// <summary>
    /// The settings of this checkout: what people wrote about their town, or deploy/start brought for the demo town, and how deploy/postgres says
    /// the database is reached. Anything else that is set wins.
    /// </summary>
    public static void AddLocalSettings(IConfigurationBuilder configuration)
    {
        try
        {
            var local = new ConfigurationBuilder()
                .AddJsonFile(TownHome.Local("settings.json"), optional: true)
                .AddJsonFile(TownHome.Local("demo.json"), optional: true)
                .AddJsonFile(TownHome.Local("town.json"), optional: true)
                .Build();
            configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = local });
        }
        catch (InvalidDataException e)
        {
            throw new TownSettingsException($"{e.Message} {e.GetBaseException().Message}", e);
        }
    }

    public static string ConnectionString(IConfiguration configuration) => Connection(configuration, "Town")
        ?? throw new TownSettingsException("ConnectionStrings:Town is missing: run deploy/postgres start, or set ConnectionStrings__Town.");

    /// <summary>Connection of the role that migrates; on a server with one account, the same.</summary>
    public static string OwnerConnectionString(IConfiguration configuration) =>
        Connection(configuration, "TownOwner") ?? ConnectionString(configuration);

    private static string? Connection(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 } ? text : throw new ArgumentException("it names no Host", name);
        }
        catch (ArgumentException e)
        {
            throw new TownSettingsException($"ConnectionStrings:{name} cannot be read; write it like Host=db.example.jp;Database=town;Username=town_app;Password=…", e);
        }
    }

    public static void AddTownData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<TownClock>();
        services.AddSingleton(_ => Vocabulary.Load(TownHome.Seeds("vocabulary")));
        services.AddSingleton(_ => new WorkingDays(Holidays.Load(TownHome.Seeds("reference", "holidays.csv"))));
        services.AddScoped<TodaysWork>();
        services.AddScoped<TimedJobs>();
        services.AddScoped<ImportService>();
        services.AddScoped<TownFigures>();
        services.AddScoped<ListingSections>();
        services.AddSingleton<SectionForms>().AddScoped<ListingEditor>().AddScoped<ListingHistory>();
        services.AddScoped<CapabilityOffers>();
        services.AddScoped<FreshnessRequests>();
        services.AddScoped<FreshnessAnswers>();
        services.AddScoped<CompanyList>();
        services.AddScoped<ListingAddress>();
        services.AddSingleton<DatabaseKeyRing>();
        services.AddScoped<Actor>();
        services.AddScoped<ChangeLogInterceptor>();
        services.AddScoped<ChangeHistory>();
        services.AddDbContext<TownDbContext>((provider, options) => options
            .UseNpgsql(ConnectionString(provider.GetRequiredService<IConfiguration>()))
            .AddInterceptors(provider.GetRequiredService<ChangeLogInterceptor>()));
        services.AddMailings(configuration);
        services.AddOptions<TownOptions>().Bind(configuration.GetSection(TownOptions.Section)).ValidateInWords().ValidateOnStart();
    }

    public static void AddTown(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Japanese stays Japanese in the source of every page, component and mail.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listener => listener.UseRawAddresses()));
        services.AddTownData(builder.Configuration);
        services.AddTownAccounts();
        services.AddMailDispatcher(MailAdapter.Transport);
        services.AddSearchEngine(builder.Configuration);
        services.AddJobRunner();
        services.AddSingleton<CatalogFeed>().AddHostedService(provider => provider.GetRequiredService<CatalogFeed>());
        services.AddKeyRing();
        services.AddAuthorization(o => o.AddTownPolicies());
        services.AddTownRateLimits(builder.Configuration);
        services.AddPageCache();
        services.AddTownApi();
        services.AddSingleton<CatalogSums>();
        services.AddSingleton<SearchLog>().AddHostedService(provider => provider.GetRequiredService<SearchLog>());
        services.AddScoped<SearchFigures>().AddJob<ForgetSearches>();
        services.AddJob<ForgetImports>().AddJob<ForgetDevices>();
        services.AddJob<AskToConfirm>();
        services.AddScoped<Listings>().AddScoped<TownEvents>().AddScoped<Awards>();
        services.AddRazorPages(o => o.Conventions.AddTownFolders()).AddMvcOptions(o =>
        {
            JapaneseMessages.Set(o);
            o.Filters.Add<NoNulCharacters>();
        });
        services.AddRazorComponents();
        services.Configure<RouteOptions>(o =>
        {
            o.LowercaseUrls = true;
            o.AppendTrailingSlash = false;
        });
        services.AddAntiforgery(o => o.Cookie.Name = "town-form");
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"])
            .AddCheck<CatalogHealth>("catalog", tags: ["ready"]);
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
    }

    public static void UseTown(this WebApplication app)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo("ja-JP");
        var town = app.Services.GetRequiredService<IOptions<TownOptions>>().Value;
        app.UseForwardedHeaders();
        app.UseSecurityHeaders(noIndex: town.Demo);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/errors/500",
            // Every start has such a moment: no fault, and nothing to log with a stack.
            SuppressDiagnosticsCallback = context => context.Exception is CatalogNotReadyException,
        });
        app.UseWhen(TownApi.IsApi, api => api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ApiProblems.Unexpected }));
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseActor();
        app.UseSearchCounting();
        app.UsePageCache();
        // A dozen files a page, the same for everybody: they are no measure of what somebody asks for.
        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/ready", new() { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous().DisableRateLimiting();
        app.MapCrawlers();
        app.MapTownApi();
        app.MapSuggestions();
        // Pages name their styles and scripts by content, so that a browser asks for each of them once.
        app.MapRazorPages().WithStaticAssets();
        app.MapOldAddresses();
    }
}
