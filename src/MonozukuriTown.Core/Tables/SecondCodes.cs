using System.Text;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// Some 400 signs of CP932 (髙, 﨑, ㈱, √ …) have two codes each, one of an older list of NEC or IBM. A strict decoder of .NET takes the code that Windows
/// writes; other systems write the other one. This takes both and still refuses what is no sign at all.
/// </summary>
internal sealed class SecondCodes : DecoderFallback
{
    private static readonly Encoding Lenient = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public override int MaxCharCount => 1;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private char sign;
        private int left;

        public override int Remaining => left;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            // What is in no list comes out as one of the two stand-ins.
            if (bytesUnknown is not [0x87 or 0xED or 0xEE or 0xFA, _] || Lenient.GetString(bytesUnknown) is not [not ('・' or '?') and var found])
                throw new DecoderFallbackException("No sign of CP932.", bytesUnknown, index);
            (sign, left) = (found, 1);
            return true;
        }

        public override char GetNextChar()
        {
            if (left == 0)
                return '\0';
            left = 0;
            return sign;
        }

        public override bool MovePrevious()
        {
            if (left == 1 || sign == '\0')
                return false;
            left = 1;
            return true;
        }
    }
}
