using System.Linq.Expressions;
using Stepwell.Sdk.Events;

namespace Stepwell.Sdk;

/// <summary>Which events end a wait.</summary>
public static class Match
{
    /// <summary>Those that have a value in a field: <c>Match.On((PaymentReceived p) => p.OrderId, order.OrderId)</c>.</summary>
    /// <param name="field">The field, through properties of the event's data. It is read, not run.</param>
    /// <param name="value">What it must be: a string, a number, a bool, or what is written as one of them in JSON.</param>
    public static Match<TEvent> On<TEvent, TValue>(Expression<Func<TEvent, TValue>> field, TValue value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new Match<TEvent>(json => $"async.data{MemberPath.Of(field.Body, field.Parameters[0], json)} == {CelLiteral.Of(json.Write(value, "The value to match"), field)}");
    }

    /// <summary>Those that have in a field what the event that started the run has there: <c>Match.Field&lt;PaymentReceived&gt;("orderId")</c>.</summary>
    /// <param name="path">The field within the data of both events, in the names of JSON: <c>orderId</c>, <c>order.id</c>.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static Match<TEvent> Field<TEvent>(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new Match<TEvent>(_ => $"event.data.{path} == async.data.{path}");
    }

    /// <summary>Those for which an expression holds: over <c>async</c>, the event that came, and <c>event</c>, the one that started the run.</summary>
    /// <param name="expression">In CEL (https://cel.dev): <c>async.data.amount > 100 &amp;&amp; async.data.currency == event.data.currency</c>.</param>
    /// <exception cref="ArgumentException">The expression is empty.</exception>
    public static Match<TEvent> If<TEvent>(string expression)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return new Match<TEvent>(_ => expression);
    }
}
