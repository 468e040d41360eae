namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>Where the run is shown: a line for each attempt of a step, and what is going on right now.</summary>
public interface IDisplay
{
    void Note(string text);

    void Doing(string text);

    void Attempt(ShownAttempt attempt);

    void Progress(int done, int total);
}
