using Microsoft.Extensions.DependencyInjection;

namespace MonozukuriTown.Core.Jobs;

/// <param name="Attempt">1 the first time.</param>
public sealed record DueJob(long Id, string Subject, DateTimeOffset Due, int Attempt);

/// <summary>
/// One kind of timed job: a class in its feature's folder, registered once by <see cref="JobServices.AddJob{TJob}"/>. It works on the scope's
/// <see cref="Data.TownDbContext"/>, whose transaction is open: what it changes is committed together with its completion or not at all.
/// Mails are rows of that transaction too. It may be begun more than once and must not act outside the database.
/// </summary>
public interface IJob
{
    /// <summary>"feature.what". It stands in rows, so it never changes.</summary>
    static abstract string Kind { get; }

    /// <summary>What staff read: what it does, in a few words.</summary>
    static abstract string Title { get; }

    /// <summary>For what comes round by itself; null where features schedule by <see cref="TimedJobs.AddAsync{TJob}"/>.</summary>
    static virtual JobRound? Round => null;

    Task RunAsync(DueJob job, CancellationToken cancellation);
}

/// <summary>A kind as the runner knows it.</summary>
public sealed record JobKind(string Kind, string Title, JobRound? Round, Func<IServiceProvider, DueJob, CancellationToken, Task> Run);

public static class JobServices
{
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services)
        where TJob : class, IJob
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new JobKind(TJob.Kind, TJob.Title, TJob.Round,
            (provider, job, cancellation) => provider.GetRequiredService<TJob>().RunAsync(job, cancellation)));
    }

    /// <summary>The runner, on every node.</summary>
    public static IServiceCollection AddJobRunner(this IServiceCollection services)
    {
        services.AddJob<JobHousekeeping>();
        services.AddSingleton<JobRunner>();
        return services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
    }
}
