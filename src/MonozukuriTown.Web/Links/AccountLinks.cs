namespace MonozukuriTown.Web.Links;

public static class AccountLinks
{
    public const string SignIn = "/account/signin";
    public const string Code = "/account/code";
    public const string SignOut = "/account/signout";
    public const string Reset = "/account/reset";
    public const string Register = "/account/register";

    /// <summary>One of the pages above, with the page of this site to go on to.</summary>
    public static string Then(string page, string back) => $"{page}?back={Uri.EscapeDataString(back)}";
}
