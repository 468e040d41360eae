using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Json;

public class CanonicalPropertyTests
{
    private const int Iterations = 2_000;

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself()
    {
        GeneratedJson.Any.Sample(json =>
        {
            var once = Canonical.Of(json);
            return Canonical.Of(once) == once;
        }, iter: Iterations);
    }

    [Fact]
    public void The_canonical_form_means_what_the_text_means()
    {
        GeneratedJson.Any.Sample(json =>
        {
            using var before = JsonDocument.Parse(json);
            using var after = JsonDocument.Parse(Canonical.Of(json));
            return JsonElement.DeepEquals(before.RootElement, after.RootElement);
        }, iter: Iterations);
    }

    [Fact]
    public void Two_texts_that_mean_the_same_have_one_canonical_form()
    {
        GeneratedJson.Any.Sample(json =>
        {
            // Another printer: other escapes, other whitespace, the members the other way round.
            using var document = JsonDocument.Parse(json);
            var other = new StringBuilder();
            Reversed(document.RootElement, other);
            return Canonical.Of(other.ToString()) == Canonical.Of(json);
        }, iter: Iterations);
    }

    [Fact]
    public void Every_double_comes_back_from_its_canonical_form_to_the_bit()
    {
        Gen.Double.Where(number => double.IsFinite(number) && number != 0).Sample(number =>
        {
            var canonical = Canonical.Of(number.ToString("E16", CultureInfo.InvariantCulture));
            return double.Parse(canonical, CultureInfo.InvariantCulture).Equals(number);
        }, iter: Iterations);
    }

    [Fact]
    public void Any_bytes_are_either_canonicalised_or_refused_as_JSON()
    {
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            try
            {
                return CanonicalJson.Canonicalize(bytes).Length > 0;
            }
            catch (JsonException)
            {
                return true;
            }
        }, iter: Iterations);
    }

    private static void Reversed(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append("{ ");
                text.AppendJoin(",\n", element.EnumerateObject().Reverse().Select(member =>
                {
                    var one = new StringBuilder(JsonSerializer.Serialize(member.Name)).Append(" : ");
                    Reversed(member.Value, one);
                    return one.ToString();
                }));
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                text.AppendJoin(" , ", element.EnumerateArray().Select(item =>
                {
                    var one = new StringBuilder();
                    Reversed(item, one);
                    return one.ToString();
                }));
                text.Append(" ]");
                break;
            case JsonValueKind.String:
                text.Append(JsonSerializer.Serialize(element.GetString()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }
}
