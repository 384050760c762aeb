using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MonozukuriTown.Core.Audit;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Tables;
using MonozukuriTown.Matching;
using Npgsql;

namespace MonozukuriTown.Core.Imports;

/// <param name="Json">Its name in JSONL; empty where a list comes as CSV or Excel alone.</param>
public sealed record ImportColumn(string Header, string Json, string Help);

/// <param name="Done">False: nothing was written, and <paramref name="Sentence"/> says why.</param>
/// <param name="SomeKept">Taken back but for what people edited since.</param>
public sealed record ImportResult(bool Done, string Sentence, bool SomeKept = false);

/// <summary>
/// A file comes in by three steps: <see cref="CheckAsync"/> writes nothing and says what would happen, <see cref="ApplyAsync"/> does exactly
/// that or nothing, <see cref="UndoAsync"/> takes the newest one back.
/// </summary>
public sealed partial class ImportService(TownDbContext db, Vocabulary vocabulary, Actor actor, TownClock clock, ILogger<ImportService> logger)
{
    // "import": whoever applies or takes back holds it to the end of the transaction.
    internal const long Gate = 0x696D_706F_7274;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Written in a cell, it empties the field; an empty cell says nothing.</summary>
    public const string ClearWord = Cell.Clear;

    public static readonly ListSorts<ImportRun> Sorts = ListSorts.ById((ImportRun r) => r.Id).By("checked", r => r.CheckedAt, descending: true);

    /// <summary>Reads a file and compares it with what is stored.</summary>
    /// <exception cref="UnreadableFileException">It can't be read as a whole.</exception>
    public async Task<ImportRun> CheckAsync(ImportKind kind, Stream stream, string fileName, CancellationToken cancellationToken)
    {
        var content = (await TextFile.ReadBytesAsync(stream, cancellationToken)).ToArray();
        var report = await RunAsync(kind, SourceFile.Read(content), write: false, cancellationToken);

        var name = string.Concat(Path.GetFileName(fileName).Where(c => !char.IsControl(c)));
        ImportRun run = new()
        {
            Kind = kind,
            Status = ImportStatus.Checked,
            FileName = name.Length <= ImportRun.FileNameMax ? name : name[^ImportRun.FileNameMax..],
            Format = report.Format,
            Batch = Guid.CreateVersion7(clock.Now),
            UserId = actor.UserId,
            CheckedAt = clock.Now.ToUniversalTime(),
        };
        Tell(run, report);
        run.File = new() { Content = content, Report = JsonSerializer.Serialize(report, Json) };
        db.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        Log.Checked(logger, run.Id, kind, run.Rows, run.Refused);
        return run;
    }

    /// <summary>The report of a file that was checked and not applied yet; null when there is none any more.</summary>
    public async Task<ImportReport?> ReportAsync(int id, CancellationToken cancellationToken) =>
        await db.Set<ImportFile>().AsNoTracking().Where(f => f.ImportRunId == id).Select(f => f.Report).SingleOrDefaultAsync(cancellationToken) is { } json
            ? JsonSerializer.Deserialize<ImportReport>(json, Json)
            : null;

    /// <summary>Writes what the report says, all of it or nothing.</summary>
    public async Task<ImportResult> ApplyAsync(int id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await EnterAsync(cancellationToken))
            return Busy;
        var run = await db.Set<ImportRun>().AsNoTracking().Include(r => r.File).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (run is null)
            return new(false, "この取り込みは見つかりません。ファイルをもう一度えらんでください。");
        if (run.Status != ImportStatus.Checked || run.File is null)
            return new(false, "この取り込みは、もう済んでいます。");
        var checkedReport = JsonSerializer.Deserialize<ImportReport>(run.File.Report, Json)!;
        if (!checkedReport.CanApply)
            return new(false, checkedReport.Refused.Count > 0 ? "取り込めない行があります。ファイルを直して、もう一度えらんでください。" : "変わるところがありません。");

        var (batch, reason) = (actor.Batch, actor.Reason);
        (actor.Batch, actor.Reason) = (run.Batch, $"取り込み {run.Id}");
        ImportReport report;
        try
        {
            report = await RunAsync(run.Kind, SourceFile.Read(run.File.Content), write: true, cancellationToken);
        }
        catch (DbUpdateException e) when (IsOvertaken(e))
        {
            // Somebody saved the same company between the comparison and the writing: the database decided.
            Log.Refused(logger, run.Id, (e.InnerException as PostgresException)?.ConstraintName);
            db.ChangeTracker.Clear();
            return new(false, "書き込んでいる間に、同じ会社がほかで直されました。何も書き込んでいません。もう一度確かめてください。");
        }
        finally
        {
            (actor.Batch, actor.Reason) = (batch, reason);
        }

        var now = JsonSerializer.Serialize(report, Json);
        if (!string.Equals(now, run.File.Report, StringComparison.Ordinal))
        {
            await transaction.RollbackAsync(cancellationToken);
            // What is tracked was rolled back; and who checked and applies in one go tracks this run already.
            db.ChangeTracker.Clear();
            Tell(run, report);
            run.File.Report = now;
            db.Update(run);
            db.Update(run.File);
            await db.SaveChangesAsync(cancellationToken);
            return new(false, "確かめたあとに会社の内容が変わりました。何も書き込んでいません。新しい結果を見て、もう一度取り込んでください。");
        }
        db.Remove(run.File);
        run.File = null;
        run.Status = ImportStatus.Applied;
        run.AppliedAt = clock.Now.ToUniversalTime();
        run.UserId = actor.UserId ?? run.UserId;
        db.Update(run);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Applied(logger, run.Id, run.Added, run.Changed);
        return new(true, $"取り込みました。新しく{run.Added:N0}件を載せ、{run.Changed:N0}件を変えました。");
    }

    /// <summary>The import that <see cref="UndoAsync"/> would take back: the newest applied one.</summary>
    public Task<ImportRun?> LastAppliedAsync(CancellationToken cancellationToken) =>
        db.Set<ImportRun>().AsNoTracking().Where(r => r.Status == ImportStatus.Applied).OrderByDescending(r => r.AppliedAt).ThenByDescending(r => r.Id)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Takes the newest import back; what people edited since stays as they left it.</summary>
    public async Task<ImportResult> UndoAsync(int id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await EnterAsync(cancellationToken))
            return Busy;
        var run = await LastAppliedAsync(cancellationToken);
        if (run is null || run.Id != id)
            return new(false, "取り消せるのは、いちばん新しい取り込みだけです。");
        var (batch, reason) = (actor.Batch, actor.Reason);
        (actor.Batch, actor.Reason) = (Guid.CreateVersion7(clock.Now), $"取り込み {run.Id} の取り消し");
        try
        {
            // Imports that came after it and were taken back left nothing behind: no edits to keep.
            var gone = await db.Set<ImportRun>().Where(r => r.Status == ImportStatus.Undone && r.UndoBatch != null).Select(r => new { r.Batch, r.UndoBatch }).ToListAsync(cancellationToken);
            var undone = await new ChangeUndo(db).UndoAsync(run.Batch, [.. gone.Select(r => r.Batch), .. gone.Select(r => r.UndoBatch!.Value)], cancellationToken);
            run.Status = ImportStatus.Undone;
            run.UndoBatch = actor.Batch;
            run.UndoneAt = clock.Now.ToUniversalTime();
            db.Update(run);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Log.Undone(logger, run.Id, undone.Reverted, undone.Kept.Count);
            return new(true, undone.Kept.Count == 0
                ? "取り込みを取り消し、前の内容に戻しました。"
                : $"取り込みを取り消しました。そのあとに人が直した{undone.Kept.Count:N0}社の内容は、直したまま残しています。", undone.Kept.Count > 0);
        }
        catch (DbUpdateException e) when (IsOvertaken(e))
        {
            Log.Refused(logger, run.Id, (e.InnerException as PostgresException)?.ConstraintName);
            db.ChangeTracker.Clear();
            return new(false, "取り込んだあとに、ほかの記録がこの会社を使いはじめたため、取り消せません。何も変えていません。");
        }
        finally
        {
            (actor.Batch, actor.Reason) = (batch, reason);
        }
    }

    /// <summary>Columns of a file of this kind, with what to write in them.</summary>
    public IReadOnlyList<ImportColumn> Columns(ImportKind kind) =>
        kind == ImportKind.Companies ? [.. CompanyFields.All(vocabulary).Select(f => new ImportColumn(f.Header, f.Json, f.Help))] : ListImports.Columns(kind);

    private static ImportResult Busy => new(false, "ほかの取り込みが進んでいます。終わるまで少し待って、もう一度押してください。");

    private Task<ImportReport> RunAsync(ImportKind kind, SourceFile file, bool write, CancellationToken cancellationToken) => kind == ImportKind.Companies
        ? new CompanyImport(db, vocabulary, clock).RunAsync(file, write, cancellationToken)
        : new ListImports(db).RunAsync(kind, file, write, cancellationToken);

    private async Task<bool> EnterAsync(CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({Gate}) as \"Value\"").SingleAsync(cancellationToken);

    private static void Tell(ImportRun run, ImportReport report)
    {
        run.Rows = report.Rows;
        run.Added = report.Added.Count;
        run.Changed = report.Changed.Count;
        run.Unchanged = report.Unchanged;
        run.Refused = report.RefusedRows;
    }

    // A row that is there already or still used; or a section that somebody saved meanwhile, whose version is no longer the one read.
    private static bool IsOvertaken(DbUpdateException e) => e is DbUpdateConcurrencyException
        || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Import {Id} of {Kind} checked: {Rows} rows, {Refused} refused")]
        public static partial void Checked(ILogger logger, int id, ImportKind kind, int rows, int refused);

        [LoggerMessage(Level = LogLevel.Information, Message = "Import {Id} applied: {Added} added, {Changed} changed")]
        public static partial void Applied(ILogger logger, int id, int added, int changed);

        [LoggerMessage(Level = LogLevel.Information, Message = "Import {Id} taken back: {Reverted} changes, {Kept} companies kept")]
        public static partial void Undone(ILogger logger, int id, int reverted, int kept);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Import {Id} rolled back by {Constraint}")]
        public static partial void Refused(ILogger logger, int id, string? constraint);
    }
}
