using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MonozukuriTown.Core.Data;

/// <summary>snake_case for tables, columns, keys and indexes: what people type in psql.</summary>
public static class SnakeCaseNames
{
    public static void UseSnakeCase(this ModelBuilder builder)
    {
        // An owned JSON document lives in its owner's table and has no names of its own.
        List<IMutableEntityType> entities = [.. builder.Model.GetEntityTypes().Where(e => !e.IsMappedToJson())];
        // All tables first: names of keys are made from names of tables.
        foreach (var entity in entities)
        {
            if (entity.GetTableName() is { } table)
                entity.SetTableName(Snake(table.StartsWith("AspNet", StringComparison.Ordinal) ? "Identity" + table[6..] : table));
        }
        foreach (var entity in entities)
        {
            RenameColumns(entity);
            foreach (var key in entity.GetKeys())
                key.SetName(Snake(key.GetName()!));
            foreach (var key in entity.GetForeignKeys())
                key.SetConstraintName(Snake(key.GetConstraintName()!));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Snake(index.GetDatabaseName()!));
        }
    }

    private static void RenameColumns(IMutableTypeBase type)
    {
        foreach (var property in type.GetProperties())
            property.SetColumnName(Snake(property.GetColumnName()));
        foreach (var complex in type.GetComplexProperties())
            RenameColumns(complex.ComplexType);
    }

    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c))
            {
                var startsWord = i > 0 && name[i - 1] != '_' &&
                    (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
                if (startsWord)
                    text.Append('_');
                text.Append(char.ToLowerInvariant(c));
            }
            else
            {
                text.Append(c);
            }
        }
        return text.ToString();
    }
}
