using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MonozukuriTown.Mail.Smtp;

namespace MonozukuriTown.Mail;

/// <summary>
/// Mails as files in a folder, for a house without a mail server: development, a demo, or a relay that picks them up. The envelope stands
/// in front as <c>X-Sender</c> and <c>X-Receiver</c>, as pickup folders know it. A file appears whole under its name or not at all.
/// </summary>
public sealed class PickupTransport(string folder, TimeProvider clock) : IMailTransport
{
    public const string Extension = ".eml";
    private const string Unfinished = ".part";

    public string Name => $"pickup {folder}";

    public Task<IMailConnection> ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            // Mails hold people's addresses and one-time links: the folder is its owner's alone.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailTransportException($"The pickup folder {folder} can't be made: {e.Message}", e);
        }
        return Task.FromResult<IMailConnection>(new Connection(folder, clock));
    }

    private sealed class Connection(string folder, TimeProvider clock) : IMailConnection
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);

        public bool IsUsable => true;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public async Task<MailResult> SendAsync(OutboundMail mail, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            _buffer.ResetWrittenCount();
            _buffer.Write(Encoding.UTF8.GetBytes($"X-Sender: <{mail.ReturnPath?.Wire}>\r\nX-Receiver: <{mail.Recipient.Wire}>\r\n"));
            try
            {
                MimeWriter.Write(mail.Message, _buffer);
            }
            catch (ArgumentException e)
            {
                return SmtpProblems.Unwritable(e);
            }

            var name = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
            var finished = Path.Combine(folder, name + Extension);
            var part = Path.Combine(folder, name + Unfinished);
            try
            {
                await WriteAsync(part);
                File.Move(part, finished);
                return new(MailOutcome.Accepted, MailStage.Content, null, null, name + Extension);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Nothing stands under the final name, so nothing was delivered: a full disk is a matter of waiting.
                Remove(part);
                return new(MailOutcome.RefusedForNow, MailStage.Connection, null, null, e.Message);
            }
        }

        private async Task WriteAsync(string path)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new FileStream(path, options);
            await file.WriteAsync(_buffer.WrittenMemory, CancellationToken.None);
            file.Flush(flushToDisk: true);
        }

        private static void Remove(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The folder itself is out of order; the unfinished file hurts nobody and is never picked up.
            }
        }
    }
}
