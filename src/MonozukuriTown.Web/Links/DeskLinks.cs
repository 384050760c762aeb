namespace MonozukuriTown.Web.Links;

/// <summary>A company's own desk.</summary>
public static class MyLinks
{
    public const string Desk = "/my";
    public const string Company = "/my/company";
    public const string Security = "/my/security";
}

/// <summary>Pages of the staff.</summary>
public static class StaffLinks
{
    public const string Desk = "/staff";
    public const string Companies = "/staff/companies";
    public const string Imports = "/staff/imports";
    public const string Mailbox = "/staff/mailbox";
    public const string Accounts = "/staff/accounts";
    public const string Audit = "/staff/audit";

    public static string Company(int id) => $"{Companies}/{id}";
}
