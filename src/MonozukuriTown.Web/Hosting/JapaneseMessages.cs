using Microsoft.AspNetCore.Mvc;

namespace MonozukuriTown.Web.Hosting;

/// <summary>What model binding says when a value does not fit, in the reader's language.</summary>
public static class JapaneseMessages
{
    public static void Set(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        messages.SetValueMustNotBeNullAccessor(_ => "入力してください。");
        messages.SetMissingBindRequiredValueAccessor(_ => "入力してください。");
        messages.SetMissingKeyOrValueAccessor(() => "入力してください。");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "内容がありません。もう一度お試しください。");
        messages.SetValueIsInvalidAccessor(value => $"「{Short(value)}」は使えません。入力し直してください。");
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => $"「{Short(value)}」は使えません。入力し直してください。");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"「{Short(value)}」は使えません。入力し直してください。");
        messages.SetUnknownValueIsInvalidAccessor(_ => "この値は使えません。入力し直してください。");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "この値は使えません。入力し直してください。");
        messages.SetValueMustBeANumberAccessor(_ => "数字で入力してください。");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "数字で入力してください。");
        // A reference type that is not nullable is "required"; its message is ours, see each [Required].
    }

    private static string Short(string value) => value.Length <= 30 ? value : value[..30] + "…";
}
