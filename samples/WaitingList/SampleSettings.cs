namespace Stepwell.Samples.WaitingList;

/// <summary>Where the sample reads and writes; section <c>Sample</c> of the configuration, relative to the content root.</summary>
public sealed class SampleSettings
{
    /// <summary>Holds the outbox, the database and the journal.</summary>
    public string Folder { get; set; } = ".data";

    /// <summary>CSV with the columns <c>name,email,signed_up</c>.</summary>
    public string SignUps { get; set; } = "data/waiting-list.csv";

    /// <summary>CSV with the columns <c>sku,name,price</c>.</summary>
    public string Products { get; set; } = "data/products.csv";

    /// <summary>How long the mail server takes for one mail.</summary>
    public TimeSpan MailLatency { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the drip campaign sleeps between two mails.</summary>
    public TimeSpan DripPause { get; set; } = TimeSpan.FromDays(2);

    public string Outbox => Path.Combine(Folder, "outbox");

    public string Database => Path.Combine(Folder, "sample.db");

    public string Journal => Path.Combine(Folder, "journal.log");
}
