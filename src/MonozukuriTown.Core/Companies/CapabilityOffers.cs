using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Companies.Catalog;
using MonozukuriTown.Core.Companies.Mails;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings;
using MonozukuriTown.Mail;
using MonozukuriTown.Matching;
using Npgsql;

namespace MonozukuriTown.Core.Companies;

/// <summary>One process that a company's machines imply, with what became of it.</summary>
public sealed record OfferRow
{
    public required Process Process { get; init; }

    /// <summary>The machine it comes from, in the company's words.</summary>
    public required string Machine { get; init; }

    /// <summary>What fits on the machine; a draft, not a statement.</summary>
    public required LimitFacts Envelope { get; init; }
    public OfferState State { get; init; }
    public DateTimeOffset? MailedAt { get; init; }
    public DateTimeOffset? ToldAt { get; init; }
    public ToldBy? ToldBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Still to be answered.</summary>
    public bool IsOpen => State == OfferState.Offered;
}

public enum TellResult
{
    Mailed,

    /// <summary>There is nothing the company has not been told.</summary>
    NothingNew,

    /// <summary>One mail was sent already; the rest it sees on its desk.</summary>
    MailedBefore,
    NoAddress,
}

/// <summary>What equipment says: offered to the company, told, answered. See <see cref="CapabilityOffer"/>.</summary>
public sealed class CapabilityOffers(TownDbContext db, Vocabulary vocabulary, Outbox outbox, TimeProvider clock)
{
    /// <summary>Kind of the one mail; 025_offers_told.sql knows it.</summary>
    public const string MailKind = "capability.offers";

    /// <summary>All offers of a company with its parts loaded: open ones first.</summary>
    public async Task<IReadOnlyList<OfferRow>> OfAsync(Company company, CancellationToken cancellation = default)
    {
        var kept = await db.CapabilityOffers.AsNoTracking().Where(o => o.CompanyId == company.Id)
            .ToDictionaryAsync(o => o.ProcessId, StringComparer.Ordinal, cancellation);
        var rows = EquipmentOffer.Of(vocabulary, CatalogFacts.Of(company)).Select(o => Row(o.Process, Words(o.Machine), o.Envelope, kept.GetValueOrDefault(o.Process.Id))).ToList();
        // An answer stays in sight although the machine was taken off the list, or the capability is there now.
        var known = rows.Select(r => r.Process.Id).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(kept.Values.Where(o => o.State != OfferState.Offered && !known.Contains(o.ProcessId))
            .Select(o => vocabulary.FindProcess(o.ProcessId) is { } process ? Row(process, o.Machine, LimitFacts.None, o) : null).OfType<OfferRow>());
        return [.. rows.OrderBy(r => r.State)];
    }

    /// <summary>The company has these on its screen: from now on they are told.</summary>
    public async Task ShownAsync(int company, IEnumerable<OfferRow> rows, CancellationToken cancellation = default)
    {
        foreach (var row in rows.Where(r => r is { IsOpen: true, ToldAt: null }))
        {
            var offer = await TrackAsync(company, row, cancellation);
            offer.ToldAt ??= clock.GetUtcNow();
            offer.ToldBy ??= ToldBy.Desk;
        }
        await SaveAsync(cancellation);
    }

    /// <summary>当社で対応しています: a line of 加工対応範囲 with the machine's size where the company names none.</summary>
    /// <returns>False when it is not open any more.</returns>
    public async Task<bool> ConfirmAsync(int companyId, string processId, CancellationToken cancellation = default)
    {
        var company = await db.Companies.WithParts().SingleAsync(c => c.Id == companyId, cancellation);
        if ((await OfAsync(company, cancellation)).FirstOrDefault(r => r.IsOpen && string.Equals(r.Process.Id, processId, StringComparison.Ordinal)) is not { } row
            || company.Capabilities.Count >= Company.CapabilitiesMax)
        {
            return false;
        }
        Answer(await TrackAsync(companyId, row, cancellation), OfferState.Confirmed);
        var capability = new Capability
        {
            CompanyId = companyId,
            Process = row.Process.Name,
            ProcessId = row.Process.Id,
            Position = company.Capabilities.Select(c => c.Position + 1).DefaultIfEmpty().Max(),
        };
        if (company.Limits is { MaxLength: null, DiameterTo: null })
            (capability.Limits.MaxLength, capability.Limits.MaxWidth, capability.Limits.MaxHeight, capability.Limits.DiameterTo) =
                ((decimal?)row.Envelope.LengthMm, (decimal?)row.Envelope.WidthMm, (decimal?)row.Envelope.HeightMm, (decimal?)row.Envelope.DiameterToMm);
        company.Capabilities.Add(capability);
        if (company.Sections.Find(s => s.Section == ListingSection.Capabilities) is { } section)
            section.Version++;
        else
            db.Add(new CompanySection { CompanyId = companyId, Section = ListingSection.Capabilities, Version = 1 });
        return await SaveAsync(cancellation);
    }

    /// <summary>うちではしていない, for good.</summary>
    /// <returns>False when it is not open any more.</returns>
    public async Task<bool> DeclineAsync(int companyId, string processId, CancellationToken cancellation = default)
    {
        var company = await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == companyId, cancellation);
        if ((await OfAsync(company, cancellation)).FirstOrDefault(r => r.IsOpen && string.Equals(r.Process.Id, processId, StringComparison.Ordinal)) is not { } row)
            return false;
        Answer(await TrackAsync(companyId, row, cancellation), OfferState.Declined);
        return await SaveAsync(cancellation);
    }

    /// <summary>Adds the one mail that lists a company's offers. They are told when it was accepted.</summary>
    /// <param name="address">The page where the company answers, absolute.</param>
    public async Task<TellResult> TellAsync(int companyId, string address, CancellationToken cancellation = default)
    {
        var company = await db.Companies.AsNoTracking().WithParts().SingleAsync(c => c.Id == companyId, cancellation);
        List<OfferRow> rows = [.. (await OfAsync(company, cancellation)).Where(r => r is { IsOpen: true, ToldAt: null })];
        if (rows.Count == 0)
            return TellResult.NothingNew;
        var subject = companyId.ToString(CultureInfo.InvariantCulture);
        if (await db.Set<OutgoingMail>().AnyAsync(m => m.Kind == MailKind && m.Subject == subject, cancellation))
            return TellResult.MailedBefore;
        var keeper = await db.CompanyUsers.AsNoTracking().Include(k => k.User).Where(k => k.CompanyId == companyId && k.User!.EmailConfirmed)
            .OrderBy(k => k.Kind).ThenBy(k => k.UserId).FirstOrDefaultAsync(cancellation);
        if (!EmailAddress.TryParse(keeper?.User?.Email ?? company.Email, out var to))
            return TellResult.NoAddress;
        await outbox.AddAsync<OffersMail>(new PersonalMail
        {
            Kind = MailKind,
            Subject = subject,
            To = to,
            ToName = keeper?.User?.DisplayName ?? company.Name,
            Title = "保有設備から読み取った加工を掲載します",
            Parameters = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(OffersMail.Company)] = company.Name,
                [nameof(OffersMail.Offers)] = rows,
                [nameof(OffersMail.Address)] = keeper is null ? null : address,
            },
        }, cancellation);
        var now = clock.GetUtcNow();
        foreach (var row in rows)
            (await TrackAsync(companyId, row, cancellation)).MailedAt = now;
        // Somebody pressed the button at the same moment: theirs goes.
        return await SaveAsync(cancellation) ? TellResult.Mailed : TellResult.MailedBefore;
    }

    /// <summary>A machine in one line.</summary>
    public static string Words(EquipmentFacts machine) => Short(string.Join(' ', new[] { machine.Maker, machine.Model, machine.Kind }.Where(w => w.Length > 0)));

    private static OfferRow Row(Process process, string machine, LimitFacts envelope, CapabilityOffer? kept) => new()
    {
        Process = process,
        Machine = machine,
        Envelope = envelope,
        State = kept?.State ?? OfferState.Offered,
        MailedAt = kept?.MailedAt,
        ToldAt = kept?.ToldAt,
        ToldBy = kept?.ToldBy,
        AnsweredAt = kept?.AnsweredAt,
    };

    private void Answer(CapabilityOffer offer, OfferState state)
    {
        var now = clock.GetUtcNow();
        offer.State = state;
        offer.AnsweredAt = now;
        offer.ToldAt ??= now;
        offer.ToldBy ??= ToldBy.Desk;
    }

    private async Task<CapabilityOffer> TrackAsync(int company, OfferRow row, CancellationToken cancellation)
    {
        if (await db.CapabilityOffers.FindAsync([company, row.Process.Id], cancellation) is { } known)
            return known;
        var offer = new CapabilityOffer { CompanyId = company, ProcessId = row.Process.Id, Machine = row.Machine };
        db.Add(offer);
        return offer;
    }

    private async Task<bool> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        // Two windows, or two people of the company: the first one counts.
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private static string Short(string words) => words.Length <= CapabilityOffer.MachineMax ? words : words[..CapabilityOffer.MachineMax];
}
