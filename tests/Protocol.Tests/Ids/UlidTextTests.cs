using System.Buffers.Binary;
using CsCheck;
using Stepwell.Protocol.Ids;

namespace Stepwell.Protocol.Tests.Ids;

public class UlidTextTests
{
    [Fact]
    public void The_least_and_the_greatest_128_bits_are_the_least_and_the_greatest_ULID()
    {
        Assert.Equal("00000000000000000000000000", UlidText.Of(new byte[16]));
        Assert.Equal("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", UlidText.Of(Enumerable.Repeat((byte)0xff, 16).ToArray()));
    }

    [Fact]
    public void The_first_ten_characters_are_the_time()
    {
        // The time of the ULID specification's own example: 1469918176385 is 01ARYZ6S41.
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, 1469918176385UL << 16);

        Assert.Equal("01ARYZ6S410000000000000000", UlidText.Of(bytes));
    }

    [Fact]
    public void Any_bytes_make_a_ULID_that_is_ordered_as_they_are()
    {
        Gen.Byte.Array[16].Array[2].Sample(pair =>
        {
            var texts = pair.Select(bytes => UlidText.Of(bytes)).ToArray();
            return texts.All(text => UlidText.TryRead(text, out var read) && read == text)
                && Math.Sign(string.CompareOrdinal(texts[0], texts[1])) == Math.Sign(pair[0].AsSpan().SequenceCompareTo(pair[1]));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_ULID_has_sixteen_bytes(int length)
    {
        Assert.Throws<ArgumentException>(() => UlidText.Of(new byte[length]));
    }
}
