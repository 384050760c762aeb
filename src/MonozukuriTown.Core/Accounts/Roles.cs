namespace MonozukuriTown.Core.Accounts;

/// <summary>Roles as stored. City and Advisor are staff; Admin is staff that also keeps accounts.</summary>
public static class Roles
{
    public const string Admin = "Admin";
    public const string City = "City";
    public const string Advisor = "Advisor";
    public const string Member = "Member";
    public const string Buyer = "Buyer";
    public const string Reviewer = "Reviewer";
    public const string Partner = "Partner";

    public static readonly IReadOnlyList<string> All = [Admin, City, Advisor, Member, Buyer, Reviewer, Partner];

    public static readonly IReadOnlyList<string> Staff = [Admin, City, Advisor];

    /// <summary>As people say it.</summary>
    public static string Word(string role) => role switch
    {
        Admin => "管理者",
        City => "市職員",
        Advisor => "相談員",
        Member => "掲載企業",
        Buyer => "発注者",
        Reviewer => "審査員",
        Partner => "連携機関",
        _ => role,
    };
}
