namespace MonozukuriTown.Web.Links;

public static class AccountLinks
{
    public const string SignIn = "/account/signin";
    public const string SignOut = "/account/signout";
    public const string Reset = "/account/reset";
    public const string Register = "/account/register";
}
