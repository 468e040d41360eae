using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Examples;

/// <summary>
/// A value as text, with everything in it, so that two values are the same when their texts are. Records with collections do not compare by content, and
/// a property that is added later is to be compared without anybody thinking of it.
/// </summary>
internal static class Described
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("none");
                break;
            case RawJson json:
                text.Append(json.ToString());
                break;
            case DateTimeOffset time:
                text.Append(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case string words:
                text.Append('«').Append(words).Append('»');
                break;
            case IEnumerable items:
                WriteItems(text, items);
                break;
            case IConvertible or Type:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            default:
                WriteProperties(text, value);
                break;
        }
    }

    private static void WriteItems(StringBuilder text, IEnumerable items)
    {
        text.Append("[\n");
        foreach (var item in items)
        {
            Write(text, item);
            text.Append(",\n");
        }

        text.Append(']');
    }

    private static void WriteProperties(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append(" {");
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
        {
            // An id refers to itself as "the message that it is".
            if (property.PropertyType == value.GetType())
                continue;

            text.Append(property.Name).Append(" = ");
            Write(text, property.GetValue(value));
            text.Append('\n');
        }

        text.Append('}');
    }
}
