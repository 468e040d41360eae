namespace Stepwell.Samples.WaitingList;

/// <summary>A letter to one person. Sender (the run that sends it), address and subject together tell it from others.</summary>
public sealed record Letter(string Sender, string To, string Subject, string Text)
{
    public static Letter Invitation(string sender, SignUp person, string code) => new(
        sender, person.Email, "Your invitation", $"Dear {person.Name},\n\nyour place is ready. Your invite code is {code}.\n");
}
