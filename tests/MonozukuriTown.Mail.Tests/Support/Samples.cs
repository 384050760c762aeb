using System.Buffers;

namespace MonozukuriTown.Mail.Tests.Support;

internal static class Samples
{
    public static EmailAddress Address(string text) => EmailAddress.Parse(text);

    public static MailMessage Message(string subject = "定例会のご案内", string text = "本文です。\n", string? html = null) => new()
    {
        From = new("ものづくりタウン", Address("town@mail.example.jp")),
        To = [new("株式会社研磨 山田太郎様", Address("yamada@kenma.example.jp"))],
        Subject = subject,
        Text = text,
        Html = html,
        MessageId = "<1.abc@mail.example.jp>",
        Date = new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.FromHours(9)),
    };

    public static byte[] Octets(MailMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        MimeWriter.Write(message, output);
        return output.WrittenSpan.ToArray();
    }
}
