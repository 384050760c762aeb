using Microsoft.AspNetCore.Identity;

namespace MonozukuriTown.Core.Accounts;

public sealed class JapaneseIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), $"パスワードは{length}文字以上にしてください。");

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "今のパスワードが違います。");

    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), "このリンクは使えません。期限が切れたか、すでに使われています。");

    public override IdentityError InvalidEmail(string? email) => Error(nameof(InvalidEmail), "メールアドレスの形が正しくありません。");

    public override IdentityError InvalidUserName(string? userName) => Error(nameof(InvalidUserName), "メールアドレスの形が正しくありません。");

    public override IdentityError DuplicateEmail(string email) => Error(nameof(DuplicateEmail), "このメールアドレスは登録ずみです。");

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), "このメールアドレスは登録ずみです。");

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "ほかの画面で変更されました。開き直してお試しください。");

    public override IdentityError DefaultError() => Error(nameof(DefaultError), "登録できませんでした。時間をおいてお試しください。");

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
