using System.Globalization;
using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Imports;
using MonozukuriTown.Core.Tables;

namespace MonozukuriTown.Web.Links;

/// <summary>A company's own desk.</summary>
public static class MyLinks
{
    public const string Desk = "/my";
    public const string Company = "/my/company";
    public const string History = Company + "/history";
    public const string Security = "/my/security";
    public const string Authenticator = "/my/security/authenticator";

    /// <summary>Where one's own section is edited.</summary>
    public static string Section(ListingSection section, int? company) => Of($"{Company}/{Word(section)}", company);

    /// <summary>A section's word in an address.</summary>
    public static string Word(ListingSection section) => section.ToString().ToLowerInvariant();

    /// <summary>The same page for one of several companies.</summary>
    public static string Of(string page, int? company) => company is { } id ? string.Create(CultureInfo.InvariantCulture, $"{page}?company={id}") : page;
}

/// <summary>Pages of the staff.</summary>
public static class StaffLinks
{
    public const string Desk = "/staff";
    public const string AllWork = Desk + "?all=true";
    public const string Companies = "/staff/companies";
    public const string Imports = "/staff/imports";
    public const string Searches = "/staff/searches";
    public const string Mailbox = "/staff/mailbox";
    public const string Mails = Mailbox + "/mails";
    public const string Suppressions = Mailbox + "/suppressions";
    public const string Jobs = "/staff/jobs";
    public const string Accounts = "/staff/accounts";
    public const string InviteMany = Accounts + "/many";
    public const string InviteLetter = Accounts + "/letter";
    public const string Audit = "/staff/audit";

    public static string Account(Guid id) => $"{Accounts}/{id}";

    public static string AuditOf(int company) => string.Create(CultureInfo.InvariantCulture, $"{Audit}?company={company}");

    public static string Company(int id) => string.Create(CultureInfo.InvariantCulture, $"{Companies}/{id}");

    public static string CompanySection(int id, ListingSection section) => $"{Company(id)}/{MyLinks.Word(section)}";

    public static string CompanyHistory(int id) => $"{Company(id)}/history";

    /// <summary>返信票.</summary>
    public static string Sheet(int company) => $"{Company(company)}/sheet";

    public static string Mail(long id) => string.Create(CultureInfo.InvariantCulture, $"{Mails}/{id}");

    public static string SuppressionsOf(string address) => $"{Suppressions}?q={Uri.EscapeDataString(address)}";

    public static string Import(int id) => string.Create(CultureInfo.InvariantCulture, $"{Imports}/{id}");

    public static string ImportRefused(int id, TableFormat format) => $"{Import(id)}/refused{TableFile.Extension(format)}";

    public static string ImportTemplate(ImportKind kind, TableFormat format) => $"{Imports}/template{TableFile.Extension(format)}?kind={kind}";
}
