using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Core.Data;

namespace MonozukuriTown.Core.Tables;

public static class TextFilter
{
    private const int MaxWords = 8;

    /// <summary>For a pattern of LIKE with \ as its escape: what would be a pattern in the text stands for itself.</summary>
    public static string Literally(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    /// <summary>Rows that hold every word of a text, each in any of the columns; letter case and width don't matter. No text: all rows.</summary>
    public static IQueryable<T> Containing<T>(this IQueryable<T> rows, string? text, params ReadOnlySpan<Expression<Func<T, string?>>> columns)
    {
        foreach (var word in Kana.Normalise(text ?? "").Replace("\0", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords))
        {
            var pattern = $"%{Literally(word)}%";
            Expression<Func<string?, bool>> like = column => EF.Functions.ILike(TownDbContext.Plain(column)!, pattern, @"\");
            var row = Expression.Parameter(typeof(T), "row");
            Expression? any = null;
            foreach (var column in columns)
            {
                var value = new Replace(column.Parameters[0], row).Visit(column.Body);
                var holds = new Replace(like.Parameters[0], value).Visit(like.Body);
                any = any is null ? holds : Expression.OrElse(any, holds);
            }
            if (any is not null)
                rows = rows.Where(Expression.Lambda<Func<T, bool>>(any, row));
        }
        return rows;
    }
}
