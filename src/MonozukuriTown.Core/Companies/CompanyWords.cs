namespace MonozukuriTown.Core.Companies;

/// <summary>A company's facts as people say them.</summary>
public static class CompanyWords
{
    public static string Of(CompanyStatus status) => status switch
    {
        CompanyStatus.Draft => "下書き",
        CompanyStatus.Listed => "掲載中",
        CompanyStatus.Paused => "休止中",
        CompanyStatus.Left => "掲載終了",
        _ => status.ToString(),
    };

    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.Public => "公開",
        Visibility.Members => "会員と職員だけ",
        Visibility.Hidden => "職員だけ",
        _ => visibility.ToString(),
    };

    public static string Of(ContactMethod method) => method switch
    {
        ContactMethod.Mail => "メール",
        ContactMethod.Fax => "FAX",
        ContactMethod.Phone => "電話",
        _ => method.ToString(),
    };
}
