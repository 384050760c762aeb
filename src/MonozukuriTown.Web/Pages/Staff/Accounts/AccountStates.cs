using System.Globalization;
using MonozukuriTown.Core.Accounts;

namespace MonozukuriTown.Web.Pages.Staff.Accounts;

/// <summary>Whether somebody can sign in, in words, with the class that colours them.</summary>
public static class AccountStates
{
    public static (string Class, string Words) Of(AccountRow row, DateTimeOffset now) => row switch
    {
        { LockedUntil: { } until } when until > now + TimeSpan.FromDays(365) => ("state-error", "ロック"),
        { LockedUntil: { } until } when until > now => ("state-warn", string.Create(CultureInfo.InvariantCulture, $"まちがいが続いたためロック中（あと{Math.Ceiling((until - now).TotalMinutes)}分）")),
        { HasPassword: false } => ("state-warn", "招待中"),
        { Confirmed: false } => ("state-warn", "メールの確認待ち"),
        _ => ("state-ok", "使えます"),
    };
}
