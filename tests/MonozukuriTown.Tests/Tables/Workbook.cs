using System.IO.Compression;
using System.Text;

namespace MonozukuriTown.Tests.Tables;

/// <summary>A workbook written by hand, part by part, as other programs write them.</summary>
internal sealed class Workbook
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Body)> _sheets = [];

    /// <summary>Within sst: <c>&lt;si&gt;…</c>.</summary>
    public string Shared { get; init; } = "";

    /// <summary>Number formats in the order of the cells' s attribute.</summary>
    public string[] Formats { get; init; } = [];

    public string Properties { get; init; } = "";

    /// <summary>Other parts, by path.</summary>
    public Dictionary<string, byte[]> More { get; } = new(StringComparer.Ordinal);

    /// <param name="rows">Within sheetData.</param>
    /// <param name="after">Behind sheetData: merged cells.</param>
    public Workbook Sheet(string name, string rows, string after = "", string state = "visible")
    {
        _sheets.Add((name, state, $"<worksheet {Main}><sheetData>{rows}</sheetData>{after}</worksheet>"));
        return this;
    }

    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/octet-stream"/>
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
                <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
                {string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>
                """);
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="st" Type="{Relations}/styles" Target="styles.xml"/><Relationship Id="ss" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/>
                {string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}</Relationships>
                """);
            Add(zip, "xl/workbook.xml", $"<workbook {Main}>{Properties}<sheets>{string.Concat(_sheets.Select((s, i) => $"<sheet name=\"{s.Name}\" sheetId=\"{i + 1}\" state=\"{s.State}\" r:id=\"s{i}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/sharedStrings.xml", $"<sst {Main}>{Shared}</sst>");
            Add(zip, "xl/styles.xml", $"""
                <styleSheet {Main}><numFmts>{string.Concat(Formats.Select((f, i) => $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{System.Security.SecurityElement.Escape(f)}\"/>"))}</numFmts>
                <cellXfs>{string.Concat(Formats.Select((_, i) => $"<xf numFmtId=\"{200 + i}\"/>"))}</cellXfs></styleSheet>
                """);
            foreach (var (i, sheet) in _sheets.Index())
                Add(zip, $"xl/worksheets/sheet{i}.xml", sheet.Body);
            foreach (var (path, content) in More)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string path, string xml)
    {
        using var entry = zip.CreateEntry(path).Open();
        entry.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml));
    }
}
