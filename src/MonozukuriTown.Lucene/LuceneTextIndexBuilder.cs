using System.Reflection;
using Lucene.Net.Index;
using Lucene.Net.Store;
using MonozukuriTown.Matching;
using LuceneDocument = Lucene.Net.Documents.Document;
using LuceneField = Lucene.Net.Documents.Field;
using LuceneFieldType = Lucene.Net.Documents.FieldType;

namespace MonozukuriTown.Lucene;

/// <summary>
/// The second engine: one Lucene index of a single segment for each block, written once, in memory. Analysis is done before: a
/// document's fields are streams of term numbers. Lengths are exact (<see cref="ExactLengthBm25"/>).
/// </summary>
public sealed class LuceneTextIndexBuilder : ITextIndexBuilder
{
    private static readonly LuceneFieldType Tokens = TokensType();

    public string Name { get; } =
        $"Lucene.Net {typeof(IndexWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    public ITextIndex Build(IReadOnlyList<TextDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        if (documents.Count > ushort.MaxValue + 1)
            throw new ArgumentException($"A block holds at most {ushort.MaxValue + 1} documents, not {documents.Count}.", nameof(documents));
        var directory = new RAMDirectory();
        var settings = new IndexWriterConfig(global::Lucene.Net.Util.LuceneVersion.LUCENE_48, analyzer: null)
        {
            Similarity = new ExactLengthBm25([]),
            // One segment, in the order of the documents, whatever their size: nothing is flushed or merged on the way.
            MaxBufferedDocs = ushort.MaxValue + 2,
            RAMBufferSizeMB = IndexWriterConfig.DISABLE_AUTO_FLUSH,
            MergePolicy = NoMergePolicy.COMPOUND_FILES,
        };
        using (var writer = new IndexWriter(directory, settings))
        {
            var streams = Array.ConvertAll(LuceneTextIndex.Fields, _ => new TermNumberStream());
            var fields = new LuceneField[streams.Length];
            for (var f = 0; f < fields.Length; f++)
                fields[f] = new(LuceneTextIndex.Fields[f], streams[f], Tokens);
            var document = new LuceneDocument();
            foreach (var text in documents)
            {
                document.Fields.Clear();
                foreach (var stream in streams)
                    stream.Clear();
                foreach (var term in text.Terms)
                    streams[(int)term.Field].Add(term);
                for (var f = 0; f < fields.Length; f++)
                {
                    if (text.Lengths[f] > 0)
                        document.Add(fields[f]);
                }
                writer.AddDocument(document);
            }
        }
        return new LuceneTextIndex(DirectoryReader.Open(directory));
    }

    private static LuceneFieldType TokensType()
    {
        var type = new LuceneFieldType { IsIndexed = true, IsTokenized = true, OmitNorms = false, IndexOptions = IndexOptions.DOCS_AND_FREQS };
        type.Freeze();
        return type;
    }
}
