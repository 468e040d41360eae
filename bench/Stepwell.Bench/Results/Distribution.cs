namespace Stepwell.Bench.Results;

/// <summary>Numbers by their rank; a percentile is the smallest number that so many are not greater than.</summary>
internal sealed record Distribution(int Count, double Least, double Median, double P95, double P99, double Most)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Distribution(sorted.Length, sorted[0], At(0.5), At(0.95), At(0.99), sorted[^1]);

        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
