using MonozukuriTown.Mail.Bounces;

namespace MonozukuriTown.Core.Mailings;

/// <summary>What staff read for the states and reasons of mails.</summary>
public static class MailWords
{
    public static string Of(MailLane lane) => lane == MailLane.Essential ? "大切なお知らせ" : "配信";

    public static string Of(MailState state) => state switch
    {
        MailState.Queued => "待っている",
        MailState.Leased or MailState.Sending => "送っている",
        MailState.Sent => "送った",
        MailState.Deferred => "あとでもう一度",
        MailState.Failed => "送れなかった",
        MailState.Suppressed => "配信停止のため送らない",
        _ => "送れたかわからない",
    };

    public static string Of(SwitchState state) => state switch
    {
        SwitchState.Running => "送っています",
        SwitchState.Paused => "人が止めています",
        _ => "続けて送れなかったため止まっています",
    };

    public static string Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Left => "本人が止めた",
        SuppressionReason.Asked => "申し出があった",
        SuppressionReason.Bounced => "届かない",
        _ => "苦情・迷惑メールの通報",
    };

    public static string Of(MailWay way) => way switch
    {
        MailWay.Link => "メールのリンク",
        MailWay.OneClick => "メールソフトのボタン",
        MailWay.Phone => "電話",
        MailWay.Counter => "窓口",
        MailWay.Letter => "文書・ファクス",
        MailWay.Mail => "メール",
        MailWay.Report => "メールサーバーの知らせ",
        MailWay.Form => "申込フォーム",
        _ => "名簿の取り込み",
    };

    public static string Of(BounceKind kind, BounceReason reason) => kind == BounceKind.Complaint ? "迷惑メールとして通報された" : reason switch
    {
        BounceReason.NoMailbox => "アドレスがない",
        BounceReason.NoDomain => "アドレスの@より後ろがない",
        BounceReason.MailboxFull => "受信箱がいっぱい",
        BounceReason.TooLarge => "メールが大きすぎる",
        BounceReason.Blocked => "相手の設定で断られた",
        BounceReason.Server => "相手のサーバーに届かない",
        _ => "届かなかった",
    };

    public static string Of(BounceEffect effect) => effect == BounceEffect.Suppressed ? "このアドレスへの配信を止めました" : "数えています。続くと配信を止めます";
}
