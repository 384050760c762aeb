using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace MonozukuriTown.Core.Tables;

/// <summary>
/// The orders a staff list can be shown in, and its pages by keyset: a row that comes or goes meanwhile shifts nobody else, and page
/// 500 costs what page 1 costs. Keep it in a static field. Keys must not be null (coalesce in the expression) and must be of a type with &lt; and
/// &gt;, or a string; ties are broken by the id.
/// </summary>
public sealed class ListSorts<T> where T : class
{
    private readonly List<Order> _orders = [];
    private readonly IKey _id;

    private ListSorts(IKey id) => _id = id;

    internal static ListSorts<T> Create<TId>(Expression<Func<T, TId>> id) where TId : notnull => new(new Key<TId>(id));

    /// <summary>Adds an order; the first one added is the list's own. <paramref name="descending"/>: its natural direction is newest or largest first.</summary>
    public ListSorts<T> By<TKey>(string name, Expression<Func<T, TKey>> key, bool descending = false) where TKey : notnull
    {
        _orders.Add(new(name, new Key<TKey>(key), descending));
        return this;
    }

    public IEnumerable<string> Names => _orders.Select(o => o.Name);

    public async Task<Page<T>> PageAsync(IQueryable<T> rows, PageQuery query, CancellationToken cancellationToken, bool count = false)
    {
        var (order, descending) = Find(query.Sort);
        var size = Math.Clamp(query.Size, 1, PageQuery.MaxSize);
        var back = Read(query.Before, order) is not null;
        var cursor = Read(query.Before, order) ?? Read(query.After, order);

        // Backwards: the same rows in the opposite order, turned round again at the end.
        var down = descending != back;
        var found = cursor is { } c ? rows.Where(order.Key.Beyond(c.Key, _id, c.Id, down)) : rows;
        var items = await _id.ThenBy(order.Key.OrderBy(found, down), down).Take(size + 1).ToListAsync(cancellationToken);
        var more = items.Count > size;
        if (more)
            items.RemoveAt(size);
        if (back)
            items.Reverse();

        var before = back ? more : cursor is not null;
        var after = back ? cursor is not null : more;
        return new(items,
            before && items.Count > 0 ? Write(items[0], order) : null,
            after && items.Count > 0 ? Write(items[^1], order) : null,
            (descending ? "-" : "") + order.Name)
        {
            Total = count ? await rows.CountAsync(cancellationToken) : null,
        };
    }

    private (Order Order, bool Descending) Find(string? sort)
    {
        var order = _orders.Find(o => string.Equals(o.Name, sort?.TrimStart('-'), StringComparison.Ordinal));
        return order is null ? (_orders[0], _orders[0].Descending) : (order, sort!.StartsWith('-'));
    }

    // A cursor is what the address says, so it may be anything.
    private (object Key, object Id)? Read(string? cursor, Order order)
    {
        if (cursor is null or { Length: 0 or > 2000 })
            return null;
        try
        {
            using var json = JsonDocument.Parse(WebEncoders.Base64UrlDecode(cursor));
            return json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() == 2
                ? (order.Key.Parse(json.RootElement[0]), _id.Parse(json.RootElement[1]))
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private string Write(T item, Order order) =>
        WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(JsonSerializer.Serialize<object[]>([order.Key.Of(item), _id.Of(item)])));

    private sealed record Order(string Name, IKey Key, bool Descending);

    /// <summary>A key of a type only <see cref="Key{TKey}"/> knows.</summary>
    private interface IKey
    {
        IOrderedQueryable<T> OrderBy(IQueryable<T> rows, bool down);
        IOrderedQueryable<T> ThenBy(IOrderedQueryable<T> rows, bool down);
        Expression<Func<T, bool>> Beyond(object key, IKey id, object idValue, bool down);
        Expression Compare(ParameterExpression row, object value, ExpressionType type);
        object Parse(JsonElement json);
        object Of(T item);
    }

    private sealed class Key<TKey>(Expression<Func<T, TKey>> selector) : IKey where TKey : notnull
    {
        private readonly Lazy<Func<T, TKey>> _of = new(selector.Compile);

        public IOrderedQueryable<T> OrderBy(IQueryable<T> rows, bool down) => down ? rows.OrderByDescending(selector) : rows.OrderBy(selector);

        public IOrderedQueryable<T> ThenBy(IOrderedQueryable<T> rows, bool down) => down ? rows.ThenByDescending(selector) : rows.ThenBy(selector);

        /// <summary>key &gt; k or key = k and id &gt; i (or both &lt;).</summary>
        public Expression<Func<T, bool>> Beyond(object key, IKey id, object idValue, bool down)
        {
            var row = Expression.Parameter(typeof(T), "row");
            var beyond = down ? ExpressionType.LessThan : ExpressionType.GreaterThan;
            return Expression.Lambda<Func<T, bool>>(
                Expression.OrElse(
                    Compare(row, key, beyond),
                    Expression.AndAlso(Compare(row, key, ExpressionType.Equal), id.Compare(row, idValue, beyond))),
                row);
        }

        public Expression Compare(ParameterExpression row, object value, ExpressionType type)
        {
            var key = new Replace(selector.Parameters[0], row).Visit(selector.Body);
            // A field of an object, not a constant: the query's plan is then cached for all values.
            Expression other = Expression.Field(Expression.Constant(new Holder { Value = (TKey)value }), nameof(Holder.Value));
            return typeof(TKey) == typeof(string) && type != ExpressionType.Equal
                ? Expression.MakeBinary(type, Expression.Call(typeof(string), nameof(string.Compare), null, key, other), Expression.Constant(0))
                : Expression.MakeBinary(type, key, other);
        }

        // What PostgreSQL refuses is no place in a list: a NUL; and it takes moments in UTC only.
        public object Parse(JsonElement json) => json.Deserialize<TKey>() switch
        {
            null => throw new JsonException("null"),
            string text when text.Contains('\0', StringComparison.Ordinal) => throw new JsonException("NUL"),
            DateTimeOffset moment => moment.ToUniversalTime(),
            var key => key,
        };

        public object Of(T item) => _of.Value(item);

        private sealed class Holder
        {
            public required TKey Value;
        }
    }
}

public static class ListSorts
{
    public static ListSorts<T> ById<T, TId>(Expression<Func<T, TId>> id) where T : class where TId : notnull => ListSorts<T>.Create(id);
}

/// <summary>An expression with a parameter put in place: how one selector is built into another.</summary>
internal sealed class Replace(Expression from, Expression to) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}
