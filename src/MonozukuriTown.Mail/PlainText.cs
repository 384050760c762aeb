using System.Globalization;
using System.Net;
using System.Text;

namespace MonozukuriTown.Mail;

/// <summary>
/// The plain form of a mail's HTML, made to be read: headings marked, lists with ・ or numbers, addresses of links behind their words,
/// table rows as "head：value" or cells set apart. Reads the tidy HTML our own components and Markdown write; anything odd comes out as its text.
/// </summary>
public static class PlainText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "p", "div", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "blockquote", "hr", "header", "main", "footer", "section", "address", "pre", "body",
    };

    public static string FromHtml(string html)
    {
        var writer = new Writer();
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
                open = html.Length;
            writer.Text(WebUtility.HtmlDecode(html[at..open]));
            if (open == html.Length)
                break;
            at = End(html, open);
            Tag(writer, html[open..at]);
        }
        return writer.ToString();
    }

    // Behind the tag's ">", which may also stand inside a quoted attribute.
    private static int End(string html, int open)
    {
        if (html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal))
        {
            var close = html.IndexOf("-->", open, StringComparison.Ordinal);
            return close < 0 ? html.Length : close + 3;
        }
        var quote = '\0';
        for (var i = open + 1; i < html.Length; i++)
        {
            if (quote != '\0')
                quote = html[i] == quote ? '\0' : quote;
            else if (html[i] is '"' or '\'')
                quote = html[i];
            else if (html[i] == '>')
                return i + 1;
        }
        return html.Length;
    }

    private static void Tag(Writer writer, string tag)
    {
        var closing = tag.StartsWith("</", StringComparison.Ordinal);
        var name = new string([.. tag.SkipWhile(c => c is '<' or '/').TakeWhile(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        switch (name)
        {
            case "head" or "style" or "script" or "title":
                writer.Hidden(closing ? -1 : 1);
                return;
            case "br":
                writer.Break(1);
                return;
            case "a":
                writer.Link(closing ? null : Attribute(tag, "href"));
                return;
            case "img":
                writer.Text(Attribute(tag, "alt"));
                return;
            case "td" or "th":
                if (closing)
                    writer.CellEnd(name is "th");
                return;
        }
        if (!Blocks.Contains(name))
            return;
        writer.Break(name is "li" or "tr" or "div" or "ul" or "ol" ? 1 : 2);
        if (name is "ul" or "ol")
            writer.List(closing ? null : name is "ol");
        if (closing)
            return;
        writer.Start(name switch
        {
            "h1" => "■ ",
            "h2" => "● ",
            "h3" or "h4" => "○ ",
            "li" => writer.Bullet(),
            "hr" => "----------------------------------------",
            "blockquote" => "> ",
            _ => "",
        });
        if (name is "hr")
            writer.Break(2);
    }

    private static string Attribute(string tag, string name)
    {
        var at = tag.IndexOf(name + "=\"", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        var start = at + name.Length + 2;
        var end = tag.IndexOf('"', start);
        return end < 0 ? "" : WebUtility.HtmlDecode(tag[start..end]);
    }

    private sealed class Writer
    {
        private const int IndentMax = 8;
        private readonly StringBuilder _text = new();
        private readonly Stack<(bool Numbered, int Count)> _lists = new();
        private string? _link;
        private int _linkStart;
        private int _hidden;
        private int _breaks;
        private bool _space;
        private string _pendingCell = "";

        public override string ToString() => _text.ToString().TrimEnd() + "\n";

        public void Hidden(int change) => _hidden += change;

        public void Text(string text)
        {
            if (_hidden > 0)
                return;
            foreach (var c in text)
            {
                // The ideographic space is set on purpose; the others are the source's layout.
                if (c is ' ' or '\t' or '\r' or '\n')
                {
                    _space = true;
                    continue;
                }
                Flush();
                _text.Append(c);
            }
        }

        public void Start(string mark)
        {
            if (_hidden > 0 || mark.Length == 0)
                return;
            Flush();
            _text.Append(mark);
        }

        public void Break(int lines)
        {
            _breaks = Math.Max(_breaks, lines);
            _space = false;
            _pendingCell = "";
        }

        public void CellEnd(bool head) => _pendingCell = head ? "：" : "　";

        public void List(bool? numbered)
        {
            if (numbered is { } kind)
                _lists.Push((kind, 0));
            else
                _lists.TryPop(out _);
        }

        public string Bullet()
        {
            if (!_lists.TryPop(out var list))
                return "・";
            _lists.Push((list.Numbered, list.Count + 1));
            var indent = new string('　', Math.Min(_lists.Count - 1, IndentMax));
            return list.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{indent}{list.Count + 1}. ") : indent + "・";
        }

        public void Link(string? href)
        {
            if (href is not null)
            {
                _link = href;
                _linkStart = _text.Length;
                return;
            }
            if (_link is { Length: > 0 } link)
            {
                var words = _text.ToString(_linkStart, _text.Length - _linkStart).Trim();
                var address = link.StartsWith("mailto:", StringComparison.Ordinal) || link.StartsWith("tel:", StringComparison.Ordinal) ? link[(link.IndexOf(':', StringComparison.Ordinal) + 1)..] : link;
                // On a line of its own: mail programs make the whole of it clickable, whatever stands before and after.
                if (!string.Equals(words, address, StringComparison.Ordinal))
                {
                    _text.Append('\n').Append(address);
                    _breaks = Math.Max(_breaks, 1);
                }
            }
            _link = null;
        }

        private void Flush()
        {
            if (_breaks > 0)
            {
                if (_text.Length > 0)
                    _text.Append('\n', _breaks);
            }
            else if (_pendingCell.Length > 0)
            {
                _text.Append(_pendingCell);
            }
            else if (_space && _text.Length > 0 && _text[^1] is not ('\n' or ' '))
            {
                _text.Append(' ');
            }
            _breaks = 0;
            _space = false;
            _pendingCell = "";
        }
    }
}
